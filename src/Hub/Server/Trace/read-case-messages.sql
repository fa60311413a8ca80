-- One probe of the primary key each, whatever the planner knows of the table.
select distinct k.message_id
from unnest($2) as asked (key)
cross join lateral (select c.message_id from case_key c where c.tenant = $1 and c.key = asked.key offset 0) k
