select state, reason, count(*)
from message
where tenant = $1
group by state, reason
order by state, reason
