-- append: the only way into the log. One call, one round trip, one row back per event that was judged.
--
-- Order proof: a position is read from the tenant's head row while that row is locked, the lock is held until the
-- transaction ends, and the head moves in the same transaction. So positions of a tenant are handed out in commit
-- order, a roll-back gives its positions back, and nobody sees n before n-1. Never replace this by a sequence.
--
-- Arrays hold one element per event, in the order the events are to stand in. The fields of a request (stream,
-- expected version, dedup key) are repeated on each of its events, so that all events of a request get one verdict.
-- The caller sends no two requests with the same dedup key, and none with an expected version after another one
-- to the same stream: this function judges all of them against what stood before the call.
--
-- verdict: a appended, d duplicate, x same dedup key with another body, v version conflict.
-- position: of the event, or of the original for d and x. version: of the event, or the stream's actual one for v.
-- Without p_wait, events of tenants whose head is locked by somebody else are not judged: no row comes back.
create function {schema}.append(
  p_tenants      int[],
  p_wait         boolean,
  p_tenant       int[],
  p_stream       text[],
  p_expected     bigint[],
  p_source       text[],
  p_key_hash     bytea[],
  p_body_hash    bytea[],
  p_opens        boolean[],
  p_id           uuid[],
  p_type         text[],
  p_metadata     text[],
  p_content_hash bytea[],
  p_body         bytea[])
returns table (ord bigint, verdict text, "position" bigint, version bigint, recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
-- The statement below is planned once, whatever the tables hold at that moment. On an empty or never analysed table all
-- indexes look alike, and a probe through the primary key would read the tenant's whole log; so each probe asks for the
-- order that only its own index gives, and sorting is made to look dear.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set enable_incremental_sort = off
-- The price put on sorting would have the statement compiled, which takes seconds and gains nothing.
set jit = off
as $$
#variable_conflict use_column
declare
  v_locked int[];
  v_now    timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    -- A repeatable read snapshot is older than the lock and would hand out positions twice.
    raise exception 'append needs read committed, the transaction is %', current_setting('transaction_isolation')
      using errcode = 'VK001';
  end if;

  insert into {schema}.log_head (tenant, position, hash)
  select t, 0, decode(repeat('00', 32), 'hex')
  from unnest(p_tenants) t
  where not exists (select from {schema}.log_head h where h.tenant = t)
  order by t
  on conflict (tenant) do nothing;

  -- In tenant order and in a statement of its own: other orders deadlock, and the next statement needs a snapshot
  -- taken after the lock.
  if p_wait then
    perform from {schema}.log_head h where h.tenant = any (p_tenants) order by h.tenant for update;
    v_locked := p_tenants;
  else
    select array_agg(l.tenant) into v_locked
    from (select h.tenant from {schema}.log_head h where h.tenant = any (p_tenants) order by h.tenant
          for update skip locked) l;
  end if;

  v_now := clock_timestamp();

  return query
  with judged as materialized (
    select i.*, h.position as head, h.hash as head_hash, coalesce(v.version, 0) as current,
           d.position as original,
           case when d.position is not null then case when d.body_hash = i.body_hash then 'd' else 'x' end
                when i.expected <> coalesce(v.version, 0) then 'v'
                else 'a' end as verdict
    from unnest(p_tenant, p_stream, p_expected, p_source, p_key_hash, p_body_hash, p_opens,
                p_id, p_type, p_metadata, p_content_hash, p_body)
         with ordinality as i (tenant, stream, expected, source, key_hash, body_hash, opens,
                               id, type, metadata, content_hash, body, ord)
    join {schema}.log_head h on h.tenant = i.tenant
    -- Probes, not joins: a join can turn into a scan of the whole log.
    left join lateral (
      select e.version from {schema}.event e
      where e.tenant = i.tenant and e.stream = i.stream
      order by e.version desc limit 1) v on true
    left join lateral (
      select e.position, e.body_hash from {schema}.event e
      where e.tenant = i.tenant and e.source = i.source and e.key_hash between i.key_hash and i.key_hash
      order by e.key_hash limit 1) d on true
    where i.tenant = any (v_locked)
  ), placed as materialized (
    select j.*,
           j.head + row_number() over (partition by j.tenant order by j.ord) as position,
           j.current + row_number() over (partition by j.tenant, j.stream order by j.ord) as version
    from judged j
    where j.verdict = 'a'
  ), stored as (
    insert into {schema}.event (tenant, position, version, recorded_at, id, stream, type, source,
                                key_hash, body_hash, content_hash, metadata, body)
    select p.tenant, p.position, p.version, v_now, p.id, p.stream, p.type, p.source,
           case when p.opens then p.key_hash end, case when p.opens then p.body_hash end,
           p.content_hash, p.metadata::json, p.body
    from placed p
    order by p.tenant, p.position
  ), chained as (
    insert into {schema}.log_commit (tenant, last_position, first_position, recorded_at, hash)
    select p.tenant, max(p.position), min(p.position), v_now,
           sha256(p.head_hash || int4send(p.tenant) || int8send(min(p.position)) || int8send(max(p.position))
                  || timestamptz_send(v_now)
                  || string_agg(int8send(p.version) || p.content_hash, ''::bytea order by p.position))
    from placed p
    group by p.tenant, p.head_hash
    returning tenant, last_position, hash
  ), moved as (
    update {schema}.log_head h set position = c.last_position, hash = c.hash
    from chained c where h.tenant = c.tenant
  )
  select p.ord, 'a', p.position, p.version, v_now from placed p
  union all
  select j.ord, j.verdict, j.original, j.current, v_now from judged j where j.verdict <> 'a';

  -- A hint for other nodes, once per call; PostgreSQL folds repeats within a transaction.
  perform pg_notify('vkp_log', '{schema}');
end
$$;

alter function {schema}.append(int[], boolean, int[], text[], bigint[], text[], bytea[], bytea[], boolean[], uuid[],
                               text[], text[], bytea[], bytea[]) owner to vkp_store;
revoke all on function {schema}.append from public;
grant execute on function {schema}.append to vkp_app;
