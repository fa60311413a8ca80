update replay
set position = $3, tally = $4, worked_ms = worked_ms + $5, state = $6, ended_at = $7
where tenant = $1 and replay_id = $2
