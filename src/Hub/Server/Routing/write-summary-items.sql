insert into summary_item (tenant, due_at, stream, position, content, settles, settle_reasons)
select $1, r.due_at, r.stream, r.position, r.content::bigint[], r.settles::bigint[], r.settle_reasons::text[]
from unnest($2, $3, $4, $5, $6, $7) as r (due_at, stream, position, content, settles, settle_reasons)
