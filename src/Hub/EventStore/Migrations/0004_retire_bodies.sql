-- retire_bodies: retention. Puts the SHA-256 of each body in its place, so that the chain still verifies. Only the owner
-- may: neither the hub's role nor the append function can change an event. Declare the tenant first (vkp.tenants).
-- Returns how many bodies were removed.
create function {schema}.retire_bodies(p_tenant int, p_up_to_position bigint)
returns bigint
language sql volatile
set search_path = pg_catalog, pg_temp
as $$
  with retired as (
    update {schema}.event set body = sha256(body), body_removed = true
    where tenant = p_tenant and position <= p_up_to_position and not body_removed
    returning 1
  )
  select count(*) from retired
$$;

revoke all on function {schema}.retire_bodies(int, bigint) from public;
