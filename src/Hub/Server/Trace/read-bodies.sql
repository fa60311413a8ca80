select position, stream, version, id, type, recorded_at, source, metadata, body, body_removed
from event
where tenant = $1 and position = any ($2)
