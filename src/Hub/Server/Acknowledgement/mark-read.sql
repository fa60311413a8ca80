update delivery
set state = 'read', attempts = attempts + 1, forwarded_at = $4
where tenant = $1 and destination = $2 and position = any ($3) and pulled and state = 'available'
returning position
