-- Shared locks: nobody can take these leases over before this transaction ends.
select l.tenant
from delivery_lease l
join unnest($1, $2) as held (tenant, epoch) on held.tenant = l.tenant and held.epoch = l.epoch
where l.owner = $3 and l.until > clock_timestamp()
order by l.tenant
for share of l
