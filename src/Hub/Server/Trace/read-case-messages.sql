select distinct message_id
from case_key
where tenant = $1 and key = any ($2)
