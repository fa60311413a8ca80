insert into break_glass (tenant, id, issuer, subject, reason, opened_at, until)
select $1, $2, $3, $4, $5, clock.now, clock.now + make_interval(mins => $6)
from (select clock_timestamp() as now) as clock
returning id, issuer, subject, reason, opened_at, until, closed_at, reviewed_at, reviewed_by, review,
  case when reviewed_at is not null then 'reviewed' when closed_at is null and until > clock_timestamp() then 'open' else 'over' end as state
