-- What waits for a review first; older ones are in the log.
select id, issuer, subject, reason, opened_at, until, closed_at, reviewed_at, reviewed_by, review,
  case when reviewed_at is not null then 'reviewed' when closed_at is null and until > clock_timestamp() then 'open' else 'over' end as state
from break_glass
where tenant = $1
order by reviewed_at is not null, opened_at desc
limit 100
