insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, context, settles, settle_reasons, state, due_at, pulled)
select $1, r.position, r.destination, r.message_id, r.bundle_id, r.stream, r.lane, r.covers::bigint[], r.context::bigint[], r.settles::bigint[], r.settle_reasons::text[], 'available', r.due_at, r.pulled
from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  as r (position, destination, message_id, bundle_id, stream, lane, covers, context, settles, settle_reasons, due_at, pulled)
