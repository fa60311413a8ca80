select d.destination, d.state, d.code, a.message, count(*), min(m.registered_at), max(m.registered_at), array_agg(distinct m.kind order by m.kind)
from delivery d
join message m on m.tenant = d.tenant and m.message_id = d.message_id
left join lateral (
  select t.message
  from delivery_attempt t
  where t.tenant = d.tenant and t.position = d.position and t.destination = d.destination
  order by t.attempt desc
  limit 1
) a on true
where d.tenant = $1 and d.parked
group by d.destination, d.state, d.code, a.message
order by count(*) desc, d.destination, d.state, d.code, a.message
