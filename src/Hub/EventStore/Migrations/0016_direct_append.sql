-- direct_append: append for the usual case, in which everything is new. It stores and never judges; where something is not new, it stores
-- nothing, answers with no row, and the caller goes to append(). Half of append's work was not storing: fifteen arrays unnested one by one, twice,
-- and the chain aggregated from them. Here arrays are taken by subscript, and whoever knows the versions sends the chain's leaves with them.
--
-- The order proof is append's: positions are read from the heads while those are locked, and the heads move in the same transaction.
--
-- Arrays by tenant, in tenant order: p_tenants, and
--   p_counts  how many events the tenant has in this call
--   p_leaves  what the chain binds of them, in their order: version (8 bytes, big-endian) and content hash. Null when a version is unknown: then they are made here.
-- The others by event:
--   p_at      which of p_tenants the event belongs to, from 1
--   p_place   the event's number among the call's events of its tenant, from 1
--   p_nth     the event's number among the call's events of its stream, from 1
--   p_known   the last version of the event's stream; null when the caller knows none
--   p_key_hash, p_body_hash  on the first event of a request with a dedup key, else null
--
-- base: by tenant, the position its events follow; null when its head is locked by somebody else and p_wait is false: then nothing of it is stored.
-- version: by event, when the caller did not know them all; else null.
create function {schema}.direct_append(
  p_tenants      int[],
  p_wait         boolean,
  p_counts       int[],
  p_leaves       bytea[],
  p_at           int[],
  p_place        int[],
  p_stream       text[],
  p_nth          int[],
  p_known        bigint[],
  p_source       text[],
  p_key_hash     bytea[],
  p_body_hash    bytea[],
  p_id           uuid[],
  p_type         text[],
  p_metadata     text[],
  p_content_hash bytea[],
  p_body         bytea[])
returns table (base bigint[], version bigint[], recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
-- As in append: planned once, and each probe asks for the order that only its own index gives.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set enable_incremental_sort = off
set jit = off
as $$
#variable_conflict use_column
declare
  v_events constant int := cardinality(p_at);
  v_locked int[];
  -- By tenant; null when its head is somebody else's.
  v_base   bigint[];
  v_hash   bytea[];
  v_now    timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'direct_append needs read committed, the transaction is %', current_setting('transaction_isolation')
      using errcode = 'VK001';
  end if;

  -- In tenant order and in a statement of its own, as in append: other orders deadlock, and a locked row comes back as it is now.
  loop
    if p_wait then
      select array_agg(h.tenant), array_agg(h.position), array_agg(h.hash) into v_locked, v_base, v_hash
      from (select h.tenant, h.position, h.hash from {schema}.log_head h where h.tenant = any (p_tenants) order by h.tenant
            for update) h;
    else
      select array_agg(h.tenant), array_agg(h.position), array_agg(h.hash) into v_locked, v_base, v_hash
      from (select h.tenant, h.position, h.hash from {schema}.log_head h where h.tenant = any (p_tenants) order by h.tenant
            for update skip locked) h;
    end if;

    exit when cardinality(v_locked) = cardinality(p_tenants);

    insert into {schema}.log_head (tenant, position, hash)
    select t, 0, decode(repeat('00', 32), 'hex')
    from unnest(p_tenants) t
    where not exists (select from {schema}.log_head h where h.tenant = t)
    order by t
    on conflict (tenant) do nothing;

    if not found and not p_wait then
      -- The places of those that are somebody else's stay empty.
      select array_agg(l.base order by t.at), array_agg(l.hash order by t.at) into v_base, v_hash
      from unnest(p_tenants) with ordinality t (tenant, at)
      left join unnest(v_locked, v_base, v_hash) l (tenant, base, hash) on l.tenant = t.tenant;
      exit;
    end if;
  end loop;

  v_now := clock_timestamp();
  if p_leaves is null then
    select array_agg(coalesce(p_known[i], v.version, 0) order by i) into p_known
    from generate_series(1, v_events) i
    left join lateral (
      select e.version from {schema}.event e
      where p_known[i] is null and e.tenant = p_tenants[p_at[i]] and e.stream = p_stream[i]
      order by e.version desc limit 1) v on true;

    select array_agg(l.leaves order by l.at) into p_leaves
    from (select p_at[i] as at, string_agg(int8send(p_known[i] + p_nth[i]) || p_content_hash[i], ''::bytea order by p_place[i]) as leaves
          from generate_series(1, v_events) i group by 1) l;

    select array_agg(p_known[i] + p_nth[i] order by i) into version from generate_series(1, v_events) i;
  end if;

  begin
    insert into {schema}.event (tenant, position, version, recorded_at, id, stream, type, source,
                                key_hash, body_hash, content_hash, metadata, body)
    select p_tenants[p_at[i]], v_base[p_at[i]] + p_place[i], p_known[i] + p_nth[i], v_now, p_id[i], p_stream[i], p_type[i], p_source[i],
           p_key_hash[i], p_body_hash[i], p_content_hash[i], p_metadata[i]::json, p_body[i]
    from generate_series(1, v_events) i
    where v_base[p_at[i]] is not null;
  exception when unique_violation then
    -- A repeat, or a stream that has grown meanwhile: to be judged.
    return;
  end;

  -- One row per tenant and commit, hashed as append does it (ADR 0002).
  with moved as (
    update {schema}.log_head h set
      position = v_base[i] + p_counts[i],
      hash = sha256(v_hash[i] || int4send(h.tenant) || int8send(v_base[i] + 1) || int8send(v_base[i] + p_counts[i]) || timestamptz_send(v_now) || p_leaves[i])
    from generate_series(1, cardinality(p_tenants)) i
    where h.tenant = p_tenants[i] and v_base[i] is not null
    returning h.tenant, i, h.position, h.hash
  )
  insert into {schema}.log_commit (tenant, last_position, first_position, recorded_at, hash)
  select m.tenant, m.position, v_base[m.i] + 1, v_now, m.hash from moved m;

  -- The same hint as append's; none when nothing was stored. A payload is under 8000 bytes.
  perform pg_notify('vkp_log', case when octet_length(n.heads) < 7900 then n.heads else '{schema}' end)
  from (select '{schema}' || string_agg(' ' || p_tenants[i] || ':' || v_base[i] + p_counts[i], '' order by i) as heads
        from generate_series(1, cardinality(p_tenants)) i where v_base[i] is not null) n
  where n.heads is not null;

  base := v_base;
  recorded_at := v_now;
  return next;
end
$$;

alter function {schema}.direct_append owner to vkp_store;
revoke all on function {schema}.direct_append from public;
grant execute on function {schema}.direct_append to vkp_app;
