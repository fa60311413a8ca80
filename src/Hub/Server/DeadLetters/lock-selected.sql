-- Locked to the end of the transaction: a second press of the same button waits, and then finds nothing left to do.
select d.position, d.destination, d.message_id, d.stream, d.state, d.code, d.attempts, d.resends, d.acts, d.before_withdrawal, d.settles, d.bundle_id
from delivery d
where d.tenant = $1 and d.state = any ($2)
  and ($3::text is null or d.code = $3) and ($4::text is null or d.destination = $4) and ($5::uuid[] is null or d.message_id = any ($5))
  -- What does not wait for a person is left to the engine, but for what was never begun and is named one by one.
  and (d.parked or ($5::uuid[] is not null and d.state in ('available', 'scheduled', 'retryable')))
  and d.position > $6
order by d.position, d.destination
limit $7
for update of d
