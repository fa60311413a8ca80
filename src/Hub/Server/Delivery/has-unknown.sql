select exists (
  select from delivery_attempt
  where tenant = $1 and position = $2 and destination = $3 and outcome = 'unknown' and started_at > $4
)
