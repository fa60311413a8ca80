update delivery d
set state = r.state, due_at = $6, finished_at = null, bundle_id = r.bundle_id, resends = d.resends + 1, acts = d.acts + 1, parked = false, lane = $7, recalled = true,
    replay_id = $8, before_replay = d.state, before_replay_code = d.code
from unnest($2, $3, $4, $5) as r (position, destination, state, bundle_id)
where d.tenant = $1 and d.position = r.position and d.destination = r.destination
