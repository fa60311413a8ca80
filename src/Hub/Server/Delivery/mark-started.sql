update delivery
set state = 'running', started_at = clock_timestamp(), due_at = clock_timestamp() + $4
where tenant = $1 and position = $2 and destination = $3 and finished_at is null
