insert into routing_case (tenant, case_key, message_id, position, closed_by)
select $1, r.case_key, r.message_id, r.position, r.closed_by
from unnest($2, $3, $4, $5) as r (case_key, message_id, position, closed_by)
on conflict (tenant, case_key, message_id) do update set closed_by = excluded.closed_by
