-- The facts about messages whose places in the log are noted, and what has come since the table of messages was last written. All from one moment: the places and how far
-- the table has come are written together.
with noted as (
  select m.message_id, m.stream, m.facts
  from unnest($2) as wanted (message_id)
  cross join lateral (select message_id, stream, facts from message where tenant = $1 and message_id = wanted.message_id offset 0) m
  where m.facts is not null
), places (position) as (
  select p::bigint from noted cross join lateral unnest(string_to_array(facts, ',')) p
  union
  -- By the log's own order, between two places: any other way there leads through all that happened to the patient.
  select e.position
  from (
    select position, stream, metadata
    from event
    where tenant = $1 and position > (select c.position from subscription_checkpoint c where c.tenant = $1 and c.name = 'messages')
      and position <= (select h.position from log_head h where h.tenant = $1)
    offset 0
  ) e
  where e.stream = any (array(select stream from noted)) and e.metadata ->> 'messageId' = any (array(select message_id::text from noted))
)
select e.position, e.stream, e.version, e.id, e.type, e.recorded_at, e.source, e.metadata, e.body_removed, e.receipt
from places
cross join lateral (
  select position, stream, version, id, type, recorded_at, source, metadata, body_removed, receipt from event where tenant = $1 and position = places.position offset 0
) e
order by e.position
