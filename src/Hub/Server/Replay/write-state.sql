update replay
set state = $3, ended_at = $5
where tenant = $1 and replay_id = $2 and state = any ($4)
