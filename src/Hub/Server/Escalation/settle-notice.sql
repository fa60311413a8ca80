update escalation_notice
set sent_at = $3, code = $4, due_at = $5
where tenant = $1 and id = $2
