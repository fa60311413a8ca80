-- What a journal system has not taken, or has taken and not answered, for too long; counted whole, told in part.
select d.message_id, d.destination, d.state, m.kind, m.lane, m.registered_at, coalesce(m.read_at, d.forwarded_at), count(*) over ()
from delivery d
join message m on m.tenant = d.tenant and m.message_id = d.message_id
where d.tenant = $1 and d.finished_at is null
  and case when coalesce(m.read_at, d.forwarded_at) is null then m.registered_at < $2 else coalesce(m.read_at, d.forwarded_at) < $3 end
order by d.lane, d.position, d.destination
limit $4
