-- A probe for each message, whatever the planner knows of the table: through the index of what is pending it would read a destination's whole backlog each time.
select m.tenant, m.message_id, count(*)
from unnest($1, $2) as m (tenant, message_id)
cross join lateral (
  select from delivery d
  where d.tenant = m.tenant and d.message_id = m.message_id and d.finished_at is null
  order by d.message_id
  limit 1000
) open
group by m.tenant, m.message_id
