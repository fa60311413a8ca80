update heartbeat
set is_silent = true
where tenant = $1 and not is_silent and heard_at <= $2
returning source, device, message_id, heard_at
