select o.offered_at, o.position, o.message_id, o.source, o.source_system, d.bundle_id, d.stream, d.lane, d.covers, d.context, d.state
from offer o
join delivery d on d.tenant = o.tenant and d.position = o.position and d.destination = o.destination
where d.tenant = $1 and d.destination = $2 and o.form = $3 and d.message_id = $4 and d.state <> 'withdrawn'
order by o.position desc, o.offered_at desc
limit 1
