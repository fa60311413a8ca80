-- The next goes when the last has arrived: a path that is stopped holds one canary, not a queue of them. Of two nodes the second finds it sent.
insert into canary (tenant, message_id, sent_at, heard_at)
values ($1, $2, $3, $3)
on conflict (tenant) do update
set message_id = excluded.message_id, sent_at = excluded.sent_at, arrived_at = null
where canary.arrived_at is not null and canary.sent_at <= $4
returning message_id
