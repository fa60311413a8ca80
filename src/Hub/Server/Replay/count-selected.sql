select count(*)
from message m
-- What the hub wrote itself was never translated.
where m.tenant = $1 and m.adapter <> 'hub'
  and ($2::text is null or m.stream = $2) and ($3::text is null or m.adapter = $3) and ($4::text is null or m.source = $4) and ($5::text is null or m.kind = $5)
  and ($6::text is null or m.state = $6)
  and ($7::text is null or exists (select from delivery d where d.tenant = m.tenant and d.message_id = m.message_id and d.destination = $7))
  and m.occurred_at >= $8 and m.occurred_at < $9
