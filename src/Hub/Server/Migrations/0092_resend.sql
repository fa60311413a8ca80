-- Replays that send: a selection sent again, or corrected with today's translators. Another than the planner approves what is large or goes to a live journal.
alter table {schema}.replay drop constraint replay_kind_check;
alter table {schema}.replay add constraint replay_kind_check check (kind in ('audit', 'resend', 'correct'));
alter table {schema}.replay drop constraint replay_state_check;
alter table {schema}.replay add constraint replay_state_check
  check (state in ('planned', 'approved', 'running', 'paused', 'aborted', 'completed'));
alter table {schema}.replay add column needs_approval boolean not null default false;
-- Goes through everything and sends nothing.
alter table {schema}.replay add column dry_run boolean not null default false;

-- The replay that sent a delivery again last, where it was before, and with which code: what an abort puts it back to, as long as it is not taken.
alter table {schema}.delivery add column replay_id uuid, add column before_replay text, add column before_replay_code text;
create index delivery_replayed on {schema}.delivery (tenant, replay_id) where replay_id is not null;
