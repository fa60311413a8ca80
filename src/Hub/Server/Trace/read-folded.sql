-- One probe of the index each, whatever the planner knows of the table.
select e.document, e.message_id
from (select distinct document from unnest($2) as a (document)) asked
cross join lateral (select c.document, c.message_id, c.position from case_entry c where c.tenant = $1 and c.document = asked.document and c.message_id <> c.document offset 0) e
order by e.position
