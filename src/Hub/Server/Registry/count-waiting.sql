-- Messages of these systems that are held, or stand in a case that is open: what ends them, their sender has yet to send or to hear.
with waiting (message_id) as (
  select message_id from message where tenant = $1 and state = 'held'
  union
  select message_id from case_entry where tenant = $1 and state in ('waiting', 'announced')
)
select m.source, count(*)
from waiting
cross join lateral (select source from message where tenant = $1 and message_id = waiting.message_id offset 0) m
where m.source = any($2)
group by m.source
order by m.source
