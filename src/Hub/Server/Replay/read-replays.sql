select replay_id, kind, state, position, up_to, estimate, rate, tally, worked_ms, planned_at, ended_at, needs_approval, dry_run
from replay
where tenant = $1 and ($2::uuid is null or replay_id = $2)
order by planned_at desc
limit $3
