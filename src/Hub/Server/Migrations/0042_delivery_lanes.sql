-- What waits is loaded by destination and lane, so that a backlog of one stands in no other's way.
drop index {schema}.delivery_pending;
create index delivery_pending on {schema}.delivery (tenant, destination, lane, position) where finished_at is null and not pulled and state <> 'accepted';

-- The tenant came first, and until the table was analysed a probe by tenant and position could be planned through this index: it was the smaller one and the
-- tenant alone was thought to be selective, so that each probe read a municipality's every delivery. With the message first it serves messages and nothing else.
drop index {schema}.delivery_message;
create index delivery_message on {schema}.delivery (message_id, tenant);
