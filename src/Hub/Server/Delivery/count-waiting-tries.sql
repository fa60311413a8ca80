-- What hasten.sql would touch.
select count(*)
from delivery
where tenant = $1 and tenant::bigint = $1 and destination = $2 and finished_at is null and not pulled and state <> 'accepted'
  and due_at > case state when 'retryable' then $3 when 'unknown' then $4 else 'infinity' end and due_at < 'infinity'
