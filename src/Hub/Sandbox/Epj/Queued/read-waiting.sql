-- The order of the queue is that of Seq, the order in which the hub wrote.
select "Id", "Headers", "Body" from {queue} where "Expires" is null or "Expires" > now() at time zone 'UTC' order by "Seq" limit $1
