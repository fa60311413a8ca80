update delivery_lease
set until = '-infinity', calls_lost_at = case when tenant = any ($3) then clock_timestamp() else calls_lost_at end
where tenant = any ($1) and owner = $2
