insert into heartbeat (tenant, source, device, message_id, heard_at)
values ($1, $2, $3, $5, $4)
on conflict (tenant, source, device) do update
set message_id = excluded.message_id, heard_at = greatest(heartbeat.heard_at, excluded.heard_at), beats = heartbeat.beats + 1, is_silent = false
