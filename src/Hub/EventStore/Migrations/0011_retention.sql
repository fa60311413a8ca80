-- Retention: bodies that a municipality keeps no longer are replaced by their SHA-256. Everything else of an event stays where it is, so that
-- the chain verifies from its first commit, a repeat is still known, no position or version is used twice, and whoever reads the log from
-- zero meets every fact. ADR 0012.

-- Which run removed the body: the id of its plan and of its receipt, both events of the same log.
alter table {schema}.event add column receipt uuid;

-- What stood here could remove bodies without a word in the log.
drop function {schema}.retire_bodies(int, bigint);

grant select on {schema}.event, {schema}.log_commit, {schema}.subscription_checkpoint to vkp_retention;
grant update (body, body_removed, receipt) on {schema}.event to vkp_retention;

-- Removes the bodies of a stretch of a tenant's log, as the plan says: p_span positions from the one after p_after on. Called again and again,
-- from the last position reached, each time in a transaction of its own; from zero again after a crash. No reader
-- and no append waits for it, except the repeat of a message in that very stretch, until the commit.
--
-- The plan is an event of the tenant's log, and must be there, chained like any other, before the first body goes: nobody can remove a body
-- and leave no trace. It is refused (VK002) when there is none or it is done, when the log at its end is not the one it saw, when anything
-- up to there is younger than it says, or when a subscription or rebuild has not come so far.
-- No row comes back while another session removes bodies of the tenant.
create function {schema}.retire_bodies(p_tenant int, p_receipt uuid, p_after bigint, p_span int)
returns table (reached bigint, events bigint, bytes bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
-- On a table that was never analysed all indexes look alike: ranges go along the key, and a stream is read in the order only its index has.
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set jit = off
as $$
declare
  v_stream     constant text collate "C" := 'retention-' || lpad(p_tenant::text, 9, '0');
  v_version    bigint;
  v_plan       json;
  v_up_to      bigint;
  v_until      bigint;
  v_types      text[];
  v_kept       text[];
begin
  if not pg_try_advisory_xact_lock(hashtext('{schema}.retire_bodies'), p_tenant) then
    return;
  end if;

  select e.version, (e.metadata ->> 'statement')::json into v_version, v_plan
  from {schema}.event e
  where e.tenant = p_tenant and e.stream = v_stream and e.id = p_receipt and e.type = 'RetentionPlanned'
  order by e.version limit 1;
  if v_plan is null or (v_plan ->> 'tenant')::int <> p_tenant or (v_plan ->> 'receipt')::uuid <> p_receipt then
    raise exception 'tenant % has no retention plan %', p_tenant, p_receipt using errcode = 'VK002';
  end if;

  perform from {schema}.event e
  where e.tenant = p_tenant and e.stream = v_stream and e.version > v_version and e.type = 'RetentionCompleted'
  order by e.version limit 1;
  if found then
    raise exception 'retention plan % of tenant % is done', p_receipt, p_tenant using errcode = 'VK002';
  end if;

  v_up_to := (v_plan ->> 'upTo')::bigint;
  perform from {schema}.log_commit c
  where c.tenant = p_tenant and c.last_position = v_up_to and c.hash = decode(v_plan ->> 'chainHash', 'hex')
    and c.recorded_at < (v_plan ->> 'before')::timestamptz;
  if not found then
    raise exception 'the log of tenant % at position % is not what retention plan % saw', p_tenant, v_up_to, p_receipt using errcode = 'VK002';
  end if;

  perform from {schema}.subscription_checkpoint s where s.tenant = p_tenant and s.position < v_up_to limit 1;
  if found then
    raise exception 'a subscription of tenant % has not come to position %', p_tenant, v_up_to using errcode = 'VK002';
  end if;

  select array(select json_array_elements_text(v_plan -> 'types')), array(select json_array_elements_text(v_plan -> 'kept'))
  into v_types, v_kept;
  -- A hold that came after the plan is heeded from the next stretch on.
  select v_kept || coalesce(array_agg(h.held), '{}') into v_kept
  from (select e.metadata ->> 'stream' as held from {schema}.event e
        where e.tenant = p_tenant and e.stream = v_stream and e.version > v_version and e.type = 'RetentionHeld'
        order by e.version) h;

  v_until := least(p_after + least(p_span, 1000), v_up_to);
  return query
  with expired as materialized (
    select e.position, octet_length(e.body)::bigint as bytes from {schema}.event e
    where e.tenant = p_tenant and e.position > p_after and e.position <= v_until and not e.body_removed and octet_length(e.body) > 0
      and e.type = any (v_types) and not ('*' = any (v_kept)) and e.stream <> all (v_kept)
  ), retired as (
    update {schema}.event e set body = sha256(e.body), body_removed = true, receipt = p_receipt
    from expired x
    where e.tenant = p_tenant and e.position > p_after and e.position <= v_until and e.position = x.position
    returning x.bytes
  )
  select v_until, count(*), coalesce(sum(r.bytes), 0)::bigint from retired r;
end
$$;

alter function {schema}.retire_bodies(int, uuid, bigint, int) owner to vkp_retention;
revoke all on function {schema}.retire_bodies(int, uuid, bigint, int) from public;
grant execute on function {schema}.retire_bodies(int, uuid, bigint, int) to vkp_app;
