update delivery d
set state = r.state, attempts = r.attempts, due_at = r.due_at, forwarded_at = r.forwarded_at, finished_at = r.finished_at, code = r.code,
    parked = r.state = 'refused' or (r.state = 'unknown' and r.due_at = 'infinity'), before_withdrawal = null
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) as r (tenant, position, destination, state, attempts, due_at, forwarded_at, finished_at, code)
where d.tenant = r.tenant and d.position = r.position and d.destination = r.destination
  -- What a person withdrew or put back meanwhile stays so, unless the EPJ says that it has it: that is so, whatever was meant.
  -- So does what a journal system has fetched before this was written.
  and ((d.finished_at is null and d.state <> 'read') or (d.state in ('withdrawn', 'refused') and r.state = 'journaled'))
returning d.tenant, d.position, d.destination
