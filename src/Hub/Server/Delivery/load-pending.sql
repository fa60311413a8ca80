-- The next rows of each lane that has room, in log order. The tenant as a bigint is what delivery_pending begins with.
select d.position, d.destination, d.message_id, d.bundle_id, d.stream, d.lane, d.covers, d.attempts, d.due_at, d.context, d.settles, d.settle_reasons, d.state, d.resends, d.before_replay
from unnest($2, $3, $4) as wanted (destination, lane, after)
cross join lateral (
  select position, destination, message_id, bundle_id, stream, lane, covers, attempts, due_at, context, settles, settle_reasons, state, resends, before_replay
  from delivery
  where tenant = $1 and tenant::bigint = $1 and destination = wanted.destination and lane = wanted.lane and position > wanted.after
    and finished_at is null and not pulled and state <> 'accepted' and state <> 'read'
  order by position
  limit $5
) d
order by d.position, d.destination
