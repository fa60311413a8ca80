insert into case_key (tenant, key, message_id)
select $1, r.key, r.message_id
from unnest($2, $3) as r (key, message_id)
