select position, state, code, forwarded_at, settles, settle_reasons, bundle_id
from delivery
where tenant = $1 and destination = $2 and message_id = $3
order by position desc
limit 1
for update
