-- One line for each sending system: what it was answered for on that day, where it all is now, and the hashes of the lists of ids.
select m.source as party,
  count(*),
  count(*) filter (where m.forwarded_at is not null or m.read_at is not null or m.state = 'journaled'),
  count(*) filter (where m.state = 'journaled'),
  count(*) filter (where m.state = 'settled'),
  count(*) filter (where m.state in ('failed', 'rejected')),
  encode(sha256(convert_to(coalesce(string_agg(m.message_id::text || E'\n', '' order by m.message_id::text collate "C"), ''), 'UTF8')), 'hex'),
  encode(sha256(convert_to(coalesce(string_agg(m.message_id::text || E'\n', '' order by m.message_id::text collate "C") filter (where m.state = 'journaled'), ''), 'UTF8')), 'hex')
from message m
where m.tenant = $1 and m.registered_at >= $2 and m.registered_at < $3
group by m.source
order by m.source
