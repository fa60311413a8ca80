-- What asks for attention: new offers to be numbered, and what is due to be sent and nobody is sending.
select tenant, id, has_offers, is_due
from (
  select s.tenant, s.id,
    exists (select from offer o where o.tenant = s.tenant and o.destination = s.destination and o.offered_at > s.cursor_at) as has_offers,
    s.due_at <= $1 and (s.next_at <= $1 or s.sent_number < s.last_number) and (s.until is null or s.until < clock_timestamp()) as is_due
  from fhir_subscription s
  where s.status <> 'off'
) w
where has_offers or is_due
order by tenant, id
