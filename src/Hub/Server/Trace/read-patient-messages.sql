-- The latest messages of one patient by when they happened, which is not the order they came in; read where they stand, so that years of events stay in the database.
select message_id
from (
  select (metadata ->> 'messageId')::uuid as message_id, (metadata ->> 'occurredAt')::timestamptz as occurred_at, position
  from event
  where tenant = $1 and stream = $2 and type in ('MessageAccepted', 'MessageReleased')
) m
where occurred_at >= $3 and occurred_at < $4
order by occurred_at desc, position
limit $5
