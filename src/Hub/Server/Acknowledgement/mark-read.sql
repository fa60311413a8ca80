update delivery
set state = 'read', attempts = attempts + case when pulled then 1 else 0 end, forwarded_at = $4
where tenant = $1 and destination = $2 and position = any ($3) and state in ('available', 'accepted', 'retryable', 'unknown')
returning position
