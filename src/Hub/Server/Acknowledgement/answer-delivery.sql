-- A refusal waits for a person. A worker that still holds the delivery is told that it is finished.
update delivery
set state = $4, code = $5, finished_at = $6, forwarded_at = coalesce(forwarded_at, $6), parked = $4 = 'refused', before_withdrawal = null,
    recalled = recalled or (not pulled and state not in ('accepted', 'read'))
where tenant = $1 and destination = $2 and position = $3
