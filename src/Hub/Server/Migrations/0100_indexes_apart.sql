-- Row level security adds "tenant = any (those declared)" to every condition. On a table that has grown since it was analysed, all indexes
-- that begin with the tenant then cost the same, and a probe by one can be planned through another, which reads all of a municipality's rows.
-- So only keys, and indexes of a few rows, begin with the plain tenant.

-- The time first: one message was sought through this index.
drop index {schema}.message_occurred;
create index message_occurred on {schema}.message (occurred_at, tenant);

-- What waits was sought through the primary key, past everything that was ever delivered. The tenant as a bigint is the same tenant in an
-- expression of its own: the added condition does not fit it, so that this index is the cheaper one for whoever asks with it.
drop index {schema}.delivery_pending;
create index delivery_pending on {schema}.delivery ((tenant::bigint), destination, lane, position)
  where finished_at is null and not pulled and state <> 'accepted';

-- The others, before they cost somebody the same search.
drop index {schema}.patient_alias_stream;
create index patient_alias_stream on {schema}.patient_alias (stream, tenant);
drop index {schema}.spent_proof_forget;
create index spent_proof_forget on {schema}.spent_proof (forget_at, tenant);
drop index {schema}.fhir_subscription_destination;
create index fhir_subscription_destination on {schema}.fhir_subscription (destination, tenant);
