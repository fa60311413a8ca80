-- Locked while events are numbered; a second node passes it over.
select destination, cursor_at, last_number, config_position
from fhir_subscription
where tenant = $1 and id = $2 and status <> 'off'
for update skip locked
