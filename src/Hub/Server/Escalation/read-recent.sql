select id, kind, subject, since, count, raised_at, cleared_at
from escalation
where tenant = $1 and (cleared_at is null or raised_at > $2)
order by raised_at desc, id
limit 1000
