select case_key, message_id, position, closed_by
from routing_case
where tenant = $1 and case_key = any ($2)
order by position
