-- Deliveries of the messages at these positions that are not finished. By position, not by message id: every index that may be chosen begins with it, whatever the
-- planner knows of the table. The fence (offset) keeps the condition out of the probe.
select m.tenant, m.position, count(*)
from unnest($1, $2) as m (tenant, position)
cross join lateral (
  select d.finished_at from delivery d
  where d.tenant = m.tenant and d.position = m.position
  offset 0
) of_message
where of_message.finished_at is null
group by m.tenant, m.position
