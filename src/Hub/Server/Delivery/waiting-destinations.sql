-- Destinations for which something waits, each found by one probe of the index.
with recursive found (destination) as (
  (select destination from delivery where tenant = $1 and tenant::bigint = $1 and finished_at is null and not pulled and state <> 'accepted' order by destination limit 1)
  union all
  select (
    select d.destination from delivery d
    where d.tenant = $1 and d.tenant::bigint = $1 and d.destination > found.destination and d.finished_at is null and not d.pulled and d.state <> 'accepted'
    order by d.destination limit 1)
  from found
  where found.destination is not null
)
select destination from found where destination is not null
