with removed as (
  delete from fhir_subscription
  where tenant = $1 and client = $2 and id = $3
  returning tenant, id, destination
), forgotten as (
  delete from fhir_subscription_event e
  using removed r
  where e.tenant = r.tenant and e.subscription = r.id
)
select destination from removed
