select position, destination, message_id, bundle_id, stream, lane, covers, attempts, due_at, context, settles, settle_reasons, state, resends, before_replay
from delivery
where tenant = $1 and message_id = $2
order by destination
