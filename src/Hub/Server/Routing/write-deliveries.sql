insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at)
select $1, r.position, r.destination, r.message_id, r.bundle_id, r.stream, r.lane, r.covers::bigint[], 'available', r.due_at
from unnest($2, $3, $4, $5, $6, $7, $8, $9) as r (position, destination, message_id, bundle_id, stream, lane, covers, due_at)
