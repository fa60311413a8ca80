update break_glass
set reviewed_at = clock_timestamp(), reviewed_by = $3, review = $4
where tenant = $1 and id = $2 and reviewed_at is null and (closed_at is not null or until <= clock_timestamp())
returning id, issuer, subject, reason, opened_at, until, closed_at, reviewed_at, reviewed_by, review,
  case when reviewed_at is not null then 'reviewed' when closed_at is null and until > clock_timestamp() then 'open' else 'over' end as state
