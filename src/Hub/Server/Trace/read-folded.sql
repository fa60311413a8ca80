select e.document, e.message_id
from case_entry e
where e.tenant = $1 and e.document = any ($2) and e.message_id <> e.document
order by e.position
