select id, kind, subject, since, count, raised_at, cleared_at
from escalation
where tenant = $1 and cleared_at is null
order by raised_at, id
