-- One probe of an index each, whatever the planner knows of the tables.
select e.message_id, e.position, e.stream, e.kind, e.lane, e.occurred_at, e.role, e.case_keys, e.whole_case_keys, e.about_keys, e.group_key, e.traits, e.state, e.joined_to, e.document
from unnest($2) as patient (stream)
cross join lateral (
  select c.message_id, c.position, c.stream, c.kind, c.lane, c.occurred_at, c.role, c.case_keys, c.whole_case_keys, c.about_keys, c.group_key, c.traits, c.state, c.joined_to, c.document
  from case_entry c
  where c.tenant = $1 and c.stream = patient.stream and c.state in ('waiting', 'announced')
  offset 0
) e
union all
select e.message_id, e.position, e.stream, e.kind, e.lane, e.occurred_at, e.role, e.case_keys, e.whole_case_keys, e.about_keys, e.group_key, e.traits, e.state, e.joined_to, e.document
from (
  select distinct k.message_id
  from unnest($3) as named (key)
  cross join lateral (select c.message_id from case_key c where c.tenant = $1 and c.key = named.key offset 0) k
) known
cross join lateral (
  select c.message_id, c.position, c.stream, c.kind, c.lane, c.occurred_at, c.role, c.case_keys, c.whole_case_keys, c.about_keys, c.group_key, c.traits, c.state, c.joined_to, c.document
  from case_entry c
  where c.tenant = $1 and c.message_id = known.message_id and c.state not in ('waiting', 'announced')
  limit 1
) e
