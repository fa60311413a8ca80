-- Only under the epoch it was begun under: who changed or took the subscription meanwhile has the last word. Keeps the lease while there is more to do.
update fhir_subscription
set status = $4, confirmed = $5, sent_number = $6, failures = $7, code = $8, heard_at = $9, due_at = $10, next_at = $11, changed_at = $12,
    until = case when $13 then clock_timestamp() + $14 end
where tenant = $1 and id = $2 and epoch = $3
returning last_number, cursor_at
