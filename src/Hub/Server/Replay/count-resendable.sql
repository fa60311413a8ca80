select d.destination, d.state, count(*)
from message m
join delivery d on d.tenant = m.tenant and d.message_id = m.message_id
where m.tenant = $1
  and ($2::text is null or m.stream = $2) and ($3::text is null or m.adapter = $3) and ($4::text is null or m.source = $4) and ($5::text is null or m.kind = $5)
  and ($6::text is null or m.state = $6)
  and ($7::text is null or d.destination = $7)
  and m.occurred_at >= $8 and m.occurred_at < $9
  and not d.pulled and d.state = any ($10) and d.position <= $11
group by d.destination, d.state
order by d.destination, d.state
