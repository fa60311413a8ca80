-- Takes or renews the lease of each tenant. A lease of another node is taken only when it has run out; the new epoch makes the old owner's writes void.
insert into delivery_lease (tenant, owner, epoch, until)
select t, $2, 1, clock_timestamp() + $3
from unnest($1) t
order by t
on conflict (tenant) do update
set owner = excluded.owner,
    epoch = delivery_lease.epoch + case when delivery_lease.owner = excluded.owner then 0 else 1 end,
    until = excluded.until,
    -- Whoever did not give it back may have calls on their way; so may this node, of which it heard no end.
    calls_lost_at = case
      when (delivery_lease.owner <> excluded.owner and delivery_lease.until > '-infinity') or delivery_lease.tenant = any ($5) then clock_timestamp()
      else delivery_lease.calls_lost_at
    end
where delivery_lease.owner = excluded.owner or delivery_lease.until < clock_timestamp()
returning tenant, epoch, coalesce(calls_lost_at > clock_timestamp() - $4, false)
