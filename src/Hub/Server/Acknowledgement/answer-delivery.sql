update delivery
set state = $4, code = $5, finished_at = $6, forwarded_at = coalesce(forwarded_at, $6)
where tenant = $1 and destination = $2 and position = $3
