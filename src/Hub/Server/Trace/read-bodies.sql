select position, stream, version, id, type, recorded_at, source, metadata, body, body_removed, receipt
from event
where tenant = $1 and position = any ($2)
