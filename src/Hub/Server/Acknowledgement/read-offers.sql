select o.offered_at, o.position, o.message_id, o.source, o.source_system, d.bundle_id, d.stream, d.lane, d.covers, d.context, d.state
from offer o
join delivery d on d.tenant = o.tenant and d.position = o.position and d.destination = o.destination
where o.tenant = $1 and o.destination = $2 and o.form = $3 and d.state <> 'withdrawn'
  and o.offered_at > $4 and o.offered_at >= $5 and o.offered_at < $6
  -- Where it was offered more than once, its newest place.
  and not exists (select from offer n where n.tenant = o.tenant and n.destination = o.destination and n.position = o.position and n.offered_at > o.offered_at)
order by o.offered_at asc
limit $7
