select o.offered_at, o.position, o.message_id, o.source, o.source_system, d.bundle_id, d.stream, d.lane, d.covers, d.context, d.state, e.number, o.form
from fhir_subscription s
join fhir_subscription_event e on e.tenant = s.tenant and e.subscription = s.id
join offer o on o.tenant = s.tenant and o.destination = s.destination and o.offered_at = e.offered_at
join delivery d on d.tenant = o.tenant and d.position = o.position and d.destination = o.destination
where s.tenant = $1 and s.id = $2 and e.number between $3 and $4
order by e.number
