-- Asked for at every wake-up of every subscription: in plpgsql their statements are planned once per session, in sql at every call,
-- which cost several times what they do.
create or replace function {schema}.tenant_heads()
returns table (tenant int, "position" bigint)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query select h.tenant, h.position from {schema}.log_head h order by h.tenant;
end
$$;

create or replace function {schema}.subscription_status(p_name text)
returns table (
  tenant int, head bigint, "position" bigint, stopped_at timestamptz, stopped_reason text, lease_owner uuid, lease_epoch bigint, lease_until timestamptz, is_leased boolean)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  select h.tenant, h.position, coalesce(c.position, 0), c.stopped_at, c.stopped_reason, l.owner, l.epoch, l.until, coalesce(l.until > clock_timestamp(), false)
  from {schema}.log_head h
  left join {schema}.subscription_checkpoint c on c.tenant = h.tenant and c.name = p_name
  left join {schema}.subscription_lease l on l.tenant = h.tenant and l.name = p_name
  order by h.tenant;
end
$$;
