select o.offered_at, o.form, o.source, o.source_system, d.lane
from offer o
join delivery d on d.tenant = o.tenant and d.position = o.position and d.destination = o.destination
where o.tenant = $1 and o.destination = $2 and o.offered_at > $3
order by o.offered_at
limit $4
