-- After the text of write-messages.sql.
on conflict (tenant, message_id) do update
set position = excluded.position, stream = excluded.stream, lane = excluded.lane, state = excluded.state, reason = excluded.reason,
    forwarded_at = excluded.forwarded_at, journaled_at = excluded.journaled_at, settled_at = excluded.settled_at,
    failed_at = excluded.failed_at, in_document_of = excluded.in_document_of, repairs = excluded.repairs, corrects = excluded.corrects, corrected_by = excluded.corrected_by, read_at = excluded.read_at, facts = excluded.facts
