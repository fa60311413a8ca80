select tenant, id, destination, client, status, config_position, confirmed, cursor_at, last_number, sent_number, failures, code, heard_at, due_at, next_at, changed_at, epoch
from fhir_subscription
where tenant = $1
order by destination, id
