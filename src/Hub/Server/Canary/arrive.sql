update canary
set arrived_at = $3, heard_at = sent_at
where tenant = $1 and message_id = $2 and arrived_at is null
