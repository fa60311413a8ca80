-- Counted no further than it matters. The numbers of a queue table are four bytes and never used again.
select (select count(*) from (select from {queue} limit $1) waiting), coalesce(pg_sequence_last_value(pg_get_serial_sequence($2, 'Seq')::regclass), 0)
