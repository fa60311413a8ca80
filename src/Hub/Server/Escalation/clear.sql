update escalation
set cleared_at = $3
where tenant = $1 and id = any ($2) and cleared_at is null
returning id
