select message_id, position, stream, kind, lane, occurred_at, role, case_keys, whole_case_keys, about_keys, group_key, traits, state, joined_to, document
from case_entry
where tenant = $1 and stream = any ($2) and state in ('waiting', 'announced')
union all
select e.message_id, e.position, e.stream, e.kind, e.lane, e.occurred_at, e.role, e.case_keys, e.whole_case_keys, e.about_keys, e.group_key, e.traits, e.state, e.joined_to, e.document
from (select distinct k.message_id from case_key k where k.tenant = $1 and k.key = any ($3)) known
-- One probe of the primary key each, whatever the planner knows of the tables.
cross join lateral (
  select c.message_id, c.position, c.stream, c.kind, c.lane, c.occurred_at, c.role, c.case_keys, c.whole_case_keys, c.about_keys, c.group_key, c.traits, c.state, c.joined_to, c.document
  from case_entry c
  where c.tenant = $1 and c.message_id = known.message_id and c.state not in ('waiting', 'announced')
  limit 1
) e
