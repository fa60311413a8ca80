insert into message (tenant, message_id, position, stream, source, adapter, kind, lane, state, reason, occurred_at, registered_at, forwarded_at, journaled_at, settled_at, failed_at, in_document_of, repairs, corrects, corrected_by, read_at, facts)
select $1, r.message_id, r.position, r.stream, r.source, r.adapter, r.kind, r.lane, r.state, r.reason, r.occurred_at, r.registered_at, r.forwarded_at, r.journaled_at, r.settled_at, r.failed_at, r.in_document_of, r.repairs, r.corrects, r.corrected_by, r.read_at, r.facts
from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
  as r (message_id, position, stream, source, adapter, kind, lane, state, reason, occurred_at, registered_at, forwarded_at, journaled_at, settled_at, failed_at, in_document_of, repairs, corrects, corrected_by, read_at, facts)
on conflict (tenant, message_id) do update
set position = excluded.position, stream = excluded.stream, lane = excluded.lane, state = excluded.state, reason = excluded.reason,
    forwarded_at = excluded.forwarded_at, journaled_at = excluded.journaled_at, settled_at = excluded.settled_at,
    failed_at = excluded.failed_at, in_document_of = excluded.in_document_of, repairs = excluded.repairs, corrects = excluded.corrects, corrected_by = excluded.corrected_by, read_at = excluded.read_at, facts = excluded.facts
