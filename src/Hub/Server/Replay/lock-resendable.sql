-- Locked to the end of the page: whoever else acts on one of them waits. All deliveries of a place come together, for the next page begins after it.
select d.position, d.destination, d.message_id, d.stream, d.state, d.resends, d.acts, m.source, m.adapter, m.kind, m.lane, d.covers, d.context, m.corrected_by,
       exists (select from event e where e.tenant = d.tenant and e.position = d.position and e.body_removed)
from message m
join delivery d on d.tenant = m.tenant and d.message_id = m.message_id
where m.tenant = $1
  and ($2::text is null or m.stream = $2) and ($3::text is null or m.adapter = $3) and ($4::text is null or m.source = $4) and ($5::text is null or m.kind = $5)
  and ($6::text is null or m.state = $6)
  and ($7::text is null or d.destination = $7)
  and m.occurred_at >= $8 and m.occurred_at < $9
  and not d.pulled and d.state = any ($10) and d.position <= $11 and d.position > $12
order by d.position
fetch first $13 rows with ties
for update of d
