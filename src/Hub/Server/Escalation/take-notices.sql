-- Taken for a minute: a node that dies while it sends leaves the notice to whoever looks then.
with due as (
  select n.tenant, n.id
  from escalation_notice n
  where n.tenant = $1 and n.sent_at is null and n.due_at <= $2
  order by n.due_at
  limit 20
  for update skip locked
)
update escalation_notice n
set due_at = $2 + interval '1 minute', attempts = attempts + 1
from due
where n.tenant = due.tenant and n.id = due.id
returning n.id, n.channel, n.kind, n.attempts, n.written_at,
  (select array_agg(e.subject order by e.raised_at, e.id) from escalation e where e.tenant = n.tenant and e.id = any (n.escalations)),
  (select min(e.since) from escalation e where e.tenant = n.tenant and e.id = any (n.escalations)),
  (select sum(e.count)::bigint from escalation e where e.tenant = n.tenant and e.id = any (n.escalations))
