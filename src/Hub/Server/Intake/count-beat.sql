update heartbeat
set heard_at = greatest(heard_at, $4), beats = beats + 1
where tenant = $1 and source = $2 and device = $3 and not is_silent
returning message_id
