select e.message_id
from case_entry e
where e.tenant = $1 and e.document = $2 and e.message_id <> $2
order by e.position
