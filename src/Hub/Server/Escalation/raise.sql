-- What another node has raised meanwhile is raised already.
insert into escalation (tenant, id, kind, subject, since, count, raised_at)
select $1, r.id, r.kind, r.subject, r.since, r.count, $7
from unnest($2, $3, $4, $5, $6) as r (id, kind, subject, since, count)
on conflict (tenant, kind, subject) where cleared_at is null do nothing
returning id
