insert into delivery_attempt (tenant, position, destination, attempt, node, started_at, finished_at, outcome, code, message)
select r.tenant, r.position, r.destination, r.attempt, $5, r.started_at, r.finished_at, r.outcome, r.code, r.message
from unnest($1, $2, $3, $4, $6, $7, $8, $9, $10) as r (tenant, position, destination, attempt, started_at, finished_at, outcome, code, message)
-- An attempt whose outcome could not be written before a crash is made again under the same number.
on conflict (tenant, position, destination, attempt) do nothing
