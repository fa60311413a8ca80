select replay_id, kind, state, position, up_to, estimate, rate, tally, worked_ms, planned_at, ended_at, needs_approval, dry_run
from replay
where tenant = $1 and replay_id = $2 and state = 'running'
for update skip locked
