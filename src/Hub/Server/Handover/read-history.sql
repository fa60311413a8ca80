select d.position, d.message_id
from delivery d
join message m on m.tenant = d.tenant and m.message_id = d.message_id
where d.tenant = $1 and d.destination = $2 and d.position > $3 and d.position <= $4 and d.state <> 'withdrawn' and m.occurred_at >= $5
  -- What was deleted under retention cannot be handed over, and is not counted.
  and not exists (select from event e where e.tenant = d.tenant and e.position = d.position and e.body_removed)
order by d.position
limit $6
