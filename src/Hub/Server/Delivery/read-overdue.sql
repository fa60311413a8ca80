-- What a journal system has not taken, or has taken and not answered, for too long. What is open is walked by its two indexes, and of each lane of each destination only the oldest ($5) are
-- looked at (where they wait for an answer, of each state): while a journal system is away, all that has come since is open. Told is a part ($4), with how many were counted and whether that may not be all.
with recursive pending (destination, lane) as (
  (select destination, lane from delivery where tenant = $1 and tenant::bigint = $1 and finished_at is null and not pulled and state <> 'accepted' order by destination, lane limit 1)
  union all
  select next.destination, next.lane
  from pending
  cross join lateral (
    select d.destination, d.lane from delivery d
    where d.tenant = $1 and d.tenant::bigint = $1 and d.finished_at is null and not d.pulled and d.state <> 'accepted' and (d.destination, d.lane) > (pending.destination, pending.lane)
    order by d.destination, d.lane limit 1
  ) next
),
awaited (destination, lane, state) as (
  (select destination, lane, state from delivery where tenant = $1 and tenant::bigint = $1 and finished_at is null and (pulled or state in ('accepted', 'read')) order by destination, lane, state limit 1)
  union all
  select next.destination, next.lane, next.state
  from awaited
  cross join lateral (
    select d.destination, d.lane, d.state from delivery d
    where d.tenant = $1 and d.tenant::bigint = $1 and d.finished_at is null and (d.pulled or d.state in ('accepted', 'read'))
      and (d.destination, d.lane, d.state) > (awaited.destination, awaited.lane, awaited.state)
    order by d.destination, d.lane, d.state limit 1
  ) next
),
oldest as (
  select d.*, row_number() over (partition by d.destination, d.lane order by d.position) as place
  from pending
  cross join lateral (
    select position, destination, lane, message_id, state, forwarded_at from delivery
    where tenant = $1 and tenant::bigint = $1 and finished_at is null and not pulled and state <> 'accepted' and state <> 'read' and destination = pending.destination and lane = pending.lane
    order by position limit $5
  ) d
  union all
  select d.*, row_number() over (partition by d.destination, d.lane, d.state order by d.position)
  from awaited
  cross join lateral (
    select position, destination, lane, message_id, state, forwarded_at from delivery
    where tenant = $1 and tenant::bigint = $1 and finished_at is null and (pulled or state in ('accepted', 'read')) and destination = awaited.destination and lane = awaited.lane and state = awaited.state
    order by position limit $5
  ) d
)
select d.message_id, d.destination, d.state, m.kind, m.lane, m.registered_at, coalesce(m.read_at, d.forwarded_at), count(*) over (), bool_or(d.place >= $5) over ()
from oldest d
cross join lateral (select kind, lane, registered_at, read_at from message where tenant = $1 and message_id = d.message_id offset 0) m
where case when coalesce(m.read_at, d.forwarded_at) is null then m.registered_at < $2 else coalesce(m.read_at, d.forwarded_at) < $3 end
order by d.lane, d.position, d.destination
limit $4
