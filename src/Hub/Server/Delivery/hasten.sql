-- As RetrySchedule.Hastened says: what waits for its next try gets it now ($3), what may be there already no sooner than it may be asked for ($4). Nothing later than it was, and
-- nothing that waits for a person (infinity). A delivery whose call was begun waits on, and one that was never tried waits for no time.
update delivery
set due_at = case state when 'retryable' then $3 else $4 end
where tenant = $1 and tenant::bigint = $1 and destination = $2 and finished_at is null and not pulled and state <> 'accepted'
  and due_at > case state when 'retryable' then $3 when 'unknown' then $4 else 'infinity' end and due_at < 'infinity'
