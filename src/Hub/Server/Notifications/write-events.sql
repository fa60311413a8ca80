with numbered as (
  insert into fhir_subscription_event (tenant, subscription, number, offered_at)
  select $1, $2, r.number, r.offered_at
  from unnest($3, $4) as r (number, offered_at)
)
update fhir_subscription
set cursor_at = $5, last_number = $6
where tenant = $1 and id = $2
