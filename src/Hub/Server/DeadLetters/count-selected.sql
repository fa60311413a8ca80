select count(*)
from delivery d
where d.tenant = $1 and d.state = any ($2)
  and ($3::text is null or d.code = $3) and ($4::text is null or d.destination = $4) and ($5::uuid[] is null or d.message_id = any ($5))
  -- What does not wait for a person is left to the engine, but for what was never begun and is named one by one.
  and (d.parked or ($5::uuid[] is not null and d.state in ('available', 'scheduled', 'retryable')))
