-- Before a receiver that does not deduplicate is called, its delivery is marked as running: after a crash the mark says "perhaps sent", and nobody sends again
-- without asking. due_at is then the earliest time to ask: no sooner than the call can still be on its way.
alter table {schema}.delivery drop constraint delivery_state_check;
alter table {schema}.delivery add constraint delivery_state_check
  check (state in ('available', 'scheduled', 'running', 'retryable', 'unknown', 'accepted', 'read', 'journaled', 'refused', 'withdrawn'));
alter table {schema}.delivery add column started_at timestamptz;
alter table {schema}.delivery add constraint delivery_started_check check (state <> 'running' or started_at is not null);

-- How often a person has sent it again: each time a new bundle id under the same message id.
alter table {schema}.delivery add column resends integer not null default 0;

-- A person has changed the row behind the worker's back: the worker reads it again and takes the flag away.
alter table {schema}.delivery add column recalled boolean not null default false;
create index delivery_recalled on {schema}.delivery (tenant) where recalled;
