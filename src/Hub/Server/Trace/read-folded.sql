select distinct c.message_id
from routing_case c
where c.tenant = $1 and c.closed_by = $2 and c.message_id <> $2
