select position, destination, message_id, bundle_id, stream, lane, covers, attempts, due_at, context, settles, settle_reasons, state, resends
from delivery
where tenant = $1 and finished_at is null and not pulled and state <> 'accepted' and (position, destination) > ($2, $3)
order by position, destination
limit $4
