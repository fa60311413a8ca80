-- One probe of the primary key each: on a table that has grown since it was analysed, a list of ids would read all of it.
select m.message_id, m.position, m.stream, m.source, m.adapter, m.kind, m.lane, m.state, m.reason, m.occurred_at, m.registered_at, m.forwarded_at, m.journaled_at, m.settled_at, m.failed_at, m.in_document_of, m.repairs, m.corrects, m.corrected_by, m.read_at, m.facts
from unnest($2) as wanted (message_id)
cross join lateral (
  select message_id, position, stream, source, adapter, kind, lane, state, reason, occurred_at, registered_at, forwarded_at, journaled_at, settled_at, failed_at, in_document_of, repairs, corrects, corrected_by, read_at, facts
  from message
  where tenant = $1 and message_id = wanted.message_id
  offset 0
) m
