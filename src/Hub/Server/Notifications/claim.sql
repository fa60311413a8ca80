update fhir_subscription
set owner = $3, epoch = epoch + 1, until = clock_timestamp() + $4
where tenant = $1 and id = $2 and status <> 'off' and (until is null or until < clock_timestamp())
returning tenant, id, destination, client, status, config_position, confirmed, cursor_at, last_number, sent_number, failures, code, heard_at, due_at, next_at, changed_at, epoch
