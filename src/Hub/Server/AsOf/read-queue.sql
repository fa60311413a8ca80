select d.message_id, d.lane, e.recorded_at,
  (select count(*) from delivery_attempt a where a.tenant = d.tenant and a.position = d.position and a.destination = d.destination and a.finished_at <= $3)
from delivery d
join event e on e.tenant = d.tenant and e.position = d.position
where d.tenant = $1 and d.destination = $2 and e.recorded_at <= $3 and (d.finished_at is null or d.finished_at > $3)
order by d.position
limit $4
