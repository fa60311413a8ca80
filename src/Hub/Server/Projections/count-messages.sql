select state, nullif(reason, ''), messages
from message_count
where tenant = $1 and messages <> 0
order by state, reason
