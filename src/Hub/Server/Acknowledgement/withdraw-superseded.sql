-- What a later message replaces and nobody has fetched yet needs no entry any more. Answers with it only when it is going nowhere else.
with withdrawn as (
  update delivery
  set state = 'withdrawn', before_withdrawal = state, finished_at = clock_timestamp()
  where tenant = $1 and message_id = any ($2) and pulled and state = 'available'
  returning position, destination, message_id, stream
)
select distinct w.message_id, w.stream
from withdrawn w
where not exists (
  select from delivery d
  where d.tenant = $1 and d.message_id = w.message_id
    and (d.position, d.destination) not in (select v.position, v.destination from withdrawn v)
    and d.state <> 'withdrawn')
