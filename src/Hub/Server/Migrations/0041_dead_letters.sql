-- What waits for a person: a refusal, an unknown outcome nobody can ask about, or a withdrawal that may be taken back. The index names this flag and no state,
-- so that a retry stays a heap-only update.
alter table {schema}.delivery add column parked boolean not null default false;
update {schema}.delivery set parked = true where state = 'refused' or (state = 'unknown' and due_at = 'infinity');
create index delivery_parked on {schema}.delivery (tenant, position) where parked;

-- What a withdrawn delivery was before, for taking the withdrawal back; and how often people have acted on it, so that every fact about it has an id of its own.
alter table {schema}.delivery add column before_withdrawal text;
alter table {schema}.delivery add column acts integer not null default 0;
alter table {schema}.delivery add constraint delivery_withdrawal_check check ((state = 'withdrawn') = (before_withdrawal is not null));
