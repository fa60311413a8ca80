update delivery d
set state = r.state, code = r.code, due_at = r.due_at, finished_at = r.finished_at, bundle_id = r.bundle_id, resends = r.resends, parked = r.parked,
    before_withdrawal = r.before_withdrawal, acts = d.acts + 1, recalled = true
from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as r (position, destination, state, code, due_at, finished_at, bundle_id, resends, parked, before_withdrawal)
where d.tenant = $1 and d.position = r.position and d.destination = r.destination
