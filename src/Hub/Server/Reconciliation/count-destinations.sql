-- One line for each journal system: which documents of that day's messages it was to get, and where they are.
select d.destination as party,
  count(*),
  count(*) filter (where d.forwarded_at is not null or d.state = 'journaled'),
  count(*) filter (where d.state = 'journaled'),
  count(*) filter (where d.state = 'withdrawn'),
  count(*) filter (where d.state = 'refused'),
  encode(sha256(convert_to(coalesce(string_agg(d.message_id::text || E'\n', '' order by d.message_id::text collate "C"), ''), 'UTF8')), 'hex'),
  encode(sha256(convert_to(coalesce(string_agg(d.message_id::text || E'\n', '' order by d.message_id::text collate "C") filter (where d.state = 'journaled'), ''), 'UTF8')), 'hex')
from message m
join delivery d on d.tenant = m.tenant and d.message_id = m.message_id
where m.tenant = $1 and m.registered_at >= $2 and m.registered_at < $3
group by d.destination
order by d.destination
