select o.offered_at, o.form, o.source, o.source_system, d.lane
from offer o
join delivery d on d.tenant = o.tenant and d.position = o.position and d.destination = o.destination
where o.tenant = $1 and o.destination = $2 and o.offered_at > $3
  -- Where it was offered more than once, its newest place.
  and not exists (select from offer n where n.tenant = o.tenant and n.destination = o.destination and n.position = o.position and n.offered_at > o.offered_at)
order by o.offered_at
limit $4
