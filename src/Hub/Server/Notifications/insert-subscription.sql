-- The newest offer of the destination is where it begins: what was offered before it was asked for is not its business.
insert into fhir_subscription (
  tenant, id, destination, client, status, config_position, confirmed, cursor_at, last_number, sent_number, failures, code, heard_at, due_at, next_at, changed_at, epoch)
values (
  $1, $2, $3, $4, 'requested', $5, false,
  coalesce((select max(o.offered_at) from offer o where o.tenant = $1 and o.destination = $3), '-infinity'),
  0, 0, 0, null, $6, $6, $6, $6, 1)
