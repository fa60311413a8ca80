-- Alarms that nobody has answered for, destinations that fail, a canary that is on its way, opened access that nobody has reviewed, systems and devices that have gone silent: with since when each is so. Whether that is too long
-- is decided elsewhere.
(select 'alarm' as kind, m.message_id::text as subject, m.registered_at as since, 1::bigint as count
 from message m
 where m.tenant = $1 and m.lane = 'Alarm' and m.state in ('held', 'registered', 'forwarded', 'read', 'failed')
 order by m.position
 limit $2)
union all
select 'destination', d.destination, min(a.started_at), count(*)
from delivery d
-- One probe each: joined, all attempts there ever were can be read for every delivery that fails.
cross join lateral (
  select started_at from delivery_attempt where tenant = $1 and position = d.position and destination = d.destination and attempt = 1 offset 0
) a
where d.tenant = $1 and d.finished_at is null and d.state in ('retryable', 'unknown')
group by d.destination
union all
select 'destination', d.destination || ' (fetches)', min(d.due_at), count(*)
from delivery d
where d.tenant = $1 and d.finished_at is null and d.pulled and d.state = 'available'
group by d.destination
union all
select 'destination', s.destination || ' (subscription ' || s.id || ')', s.changed_at, s.last_number - s.sent_number
from fhir_subscription s
where s.tenant = $1 and s.status = 'error'
union all
select 'canary', 'canary', c.sent_at, 1
from canary c
where c.tenant = $1 and c.arrived_at is null
union all
select 'breakglass', b.id::text, b.opened_at, 1
from break_glass b
where b.tenant = $1 and b.reviewed_at is null
union all
select 'silence', h.source, min(h.heard_at), count(*)
from heartbeat h
where h.tenant = $1 and h.is_silent
group by h.source
