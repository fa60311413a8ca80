select position, stream, version, id, type, recorded_at, source, metadata, body_removed, receipt
from event
where tenant = $1 and stream = any ($2) and ($3::text[] is null or metadata ->> 'messageId' = any ($3))
order by position
