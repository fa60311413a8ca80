select message_id, position, stream, source, adapter, kind, lane, state, reason, occurred_at, registered_at, forwarded_at, journaled_at, settled_at, failed_at, in_document_of, repairs, corrects, corrected_by, read_at, facts
from message
where tenant = $1 and occurred_at >= $2 and occurred_at < $3
order by occurred_at desc
limit $4
