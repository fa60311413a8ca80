insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, context, settles, settle_reasons, state, due_at, pulled)
select d.tenant, d.position, $3, d.message_id, n.bundle_id, d.stream, d.lane, d.covers, d.context, d.settles, d.settle_reasons, 'available', $6, false
from unnest($4, $5) as n (position, bundle_id)
join delivery d on d.tenant = $1 and d.destination = $2 and d.position = n.position
-- Deleted since it was read.
where not exists (select from event e where e.tenant = $1 and e.position = n.position and e.body_removed)
-- What live traffic has planned for the new journal system, or an interrupted handover has copied, is there already.
on conflict (tenant, position, destination) do nothing
