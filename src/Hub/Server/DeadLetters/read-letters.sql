select d.message_id, d.destination, d.state, d.code, a.message, d.attempts, d.resends, m.source, m.kind, m.occurred_at, m.registered_at
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
  and ($2::text is null or d.code = $2) and ($3::text is null or d.destination = $3) and ($4::uuid[] is null or d.message_id = any ($4))
order by d.position, d.destination
limit $5
