insert into escalation_notice (tenant, id, channel, kind, escalations, written_at, due_at)
select $1, r.id, r.channel, r.kind, r.escalations::uuid[], $6, $6
from unnest($2, $3, $4, $5) as r (id, channel, kind, escalations)
