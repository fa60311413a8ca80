select tenant, message_id, count(*)
from delivery
where tenant = any ($1) and message_id = any ($2) and finished_at is null
group by tenant, message_id
