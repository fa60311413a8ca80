select message_id, destination, state
from delivery
where tenant = $1 and message_id = any ($2)
order by message_id, destination
