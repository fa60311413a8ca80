select d.message_id, d.destination, d.state, d.bundle_id, a.attempt, a.started_at, a.finished_at, a.outcome, a.code, a.message
from delivery d
left join delivery_attempt a on a.tenant = d.tenant and a.position = d.position and a.destination = d.destination
where d.tenant = $1 and d.message_id = any ($2)
order by d.message_id, d.destination, a.attempt
