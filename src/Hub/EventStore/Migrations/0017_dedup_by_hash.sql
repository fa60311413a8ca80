-- Repeats are found by hash and not by tree. Keyed hashes are spread over the whole of their index, the way down a tree to one of them grew longer and colder with
-- the log, and that was most of what an append grew dearer by. A hash index is one page away at any size, and half as large (ADR 0014).
--
-- PostgreSQL has no unique hash index; an exclusion constraint is one. It takes a single expression: the key, the tenant, and a hash of the source. Two sources whose
-- names hash alike would have to send the same keyed hash to be taken for one. What has no key is null, and never excluded.
drop index {schema}.event_source_key;
alter table {schema}.event add constraint event_source_key
  exclude using hash ((key_hash || int4send(tenant) || int8send(hashtextextended(source, 0))) with =);

-- Both functions as they were, but for what the refusal is called and how a repeat is probed for.
--
-- append: the only way into the log. One call, one round trip, one row back.
--
-- Order proof: a position is read from the tenant's head row while that row is locked, the lock is held until the
-- transaction ends, and the head moves in the same transaction. So positions of a tenant are handed out in commit
-- order, a roll-back gives its positions back, and nobody sees n before n-1. Never replace this by a sequence.
--
-- Arrays hold one element per event, in the order the events are to stand in. The fields of a request (stream,
-- expected version, dedup key) are repeated on each of its events, so that all events of a request get one verdict.
-- The caller sends no two requests with the same dedup key, and none with an expected version after another one
-- to the same stream: this function judges all of them against what stood before the call.
--   p_at     which of p_tenants the event belongs to, from 1
--   p_place  the event's number among the call's events of its tenant, from 1
--   p_nth    the event's number among the call's events of its stream, from 1
--   p_known  a version the stream has had; null when the caller knows none
--
-- Not careful: everything is stored as new, with versions counted from p_known. When that is not so (a repeat, a stream
-- that has grown meanwhile) an index says so, what was stored is rolled back, and the call goes on carefully:
-- every event is probed for its repeat and its stream's version, and judged. Both indexes are the law either way.
--
-- verdict: a letter per event: a appended, d duplicate, x same dedup key with another body, v version conflict.
-- position: of the event, or of the original for d and x. version: of the event, or the stream's actual one for v.
-- careful: whether the call was made so, or ended so.
-- Without p_wait, events of tenants whose head is locked by somebody else are not judged, and not among the answers.
create or replace function {schema}.append(
  p_tenants      int[],
  p_wait         boolean,
  p_careful      boolean,
  p_at           int[],
  p_place        int[],
  p_stream       text[],
  p_nth          int[],
  p_known        bigint[],
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
returns table (careful boolean, ord bigint[], verdict text, "position" bigint[], version bigint[], recorded_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
-- The statements below are planned once, whatever the tables hold at that moment. On an empty or never analysed table all
-- indexes look alike, and a probe through the primary key would read the tenant's whole log; so each probe asks for the
-- order that only its own index gives, and sorting is made to look dear.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set enable_incremental_sort = off
-- The price put on sorting would have the statements compiled, which takes seconds and gains nothing.
set jit = off
as $$
#variable_conflict use_column
declare
  v_locked   int[];
  -- Per tenant of the call; null when its head is somebody else's.
  v_base     bigint[];
  v_hash     bytea[];
  -- Per event.
  v_place    int[] := p_place;
  v_nth      int[] := p_nth;
  v_known    bigint[] := p_known;
  v_verdict  text[];
  v_original bigint[];
  v_now      timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    -- A repeatable read snapshot is older than the lock and would hand out positions twice.
    raise exception 'append needs read committed, the transaction is %', current_setting('transaction_isolation')
      using errcode = 'VK001';
  end if;

  -- In tenant order and in a statement of its own: other orders deadlock, and the next statement needs a snapshot
  -- taken after the lock. A locked row comes back as it is now, not as it was when the statement began.
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

    -- Not made by this call: made by another one just now, and worth another look if there is time to wait for it.
    if not found and not p_wait then
      -- Some are somebody else's: their places stay empty.
      select array_agg(l.base order by t.at), array_agg(l.hash order by t.at) into v_base, v_hash
      from unnest(p_tenants) with ordinality t (tenant, at)
      left join unnest(v_locked, v_base, v_hash) l (tenant, base, hash) on l.tenant = t.tenant;
      exit;
    end if;
  end loop;

  v_now := clock_timestamp();
  careful := p_careful;
  if not careful then
    if array_position(v_known, null) is not null then
      select array_agg(coalesce(i.known, v.version, 0) order by i.ord) into v_known
      from unnest(p_at, p_stream, p_known) with ordinality i (at, stream, known, ord)
      left join lateral (
        select e.version from {schema}.event e
        where i.known is null and e.tenant = p_tenants[i.at] and e.stream = i.stream
        order by e.version desc limit 1) v on true;
    end if;

    careful := exists (select from unnest(p_expected, v_known) e (expected, known) where e.expected <> e.known);
  end if;

  loop
    if careful then
      -- Probes, not joins: a join can turn into a scan of the whole log.
      with probed as materialized (
        select i.ord, i.at, i.stream, coalesce(v.version, 0) as known, d.position as original,
               case when d.position is not null then case when d.body_hash = i.body_hash then 'd' else 'x' end
                    when i.expected <> coalesce(v.version, 0) then 'v'
                    else 'a' end as verdict
        from unnest(p_at, p_stream, p_expected, p_source, p_key_hash, p_body_hash)
             with ordinality i (at, stream, expected, source, key_hash, body_hash, ord)
        left join lateral (
          select e.version from {schema}.event e
          where e.tenant = p_tenants[i.at] and e.stream = i.stream
          order by e.version desc limit 1) v on true
        -- The offset keeps the other conditions out of the probe: with the tenant in it, the primary key would look as good.
        left join lateral (
          select k.position, k.body_hash
          from (select e.position, e.body_hash, e.tenant, e.source, e.key_hash from {schema}.event e
                where e.key_hash || int4send(e.tenant) || int8send(hashtextextended(e.source, 0))
                    = i.key_hash || int4send(p_tenants[i.at]) || int8send(hashtextextended(i.source, 0))
                offset 0) k
          where k.tenant = p_tenants[i.at] and k.source = i.source and k.key_hash = i.key_hash
          limit 1) d on true
      ), numbered as (
        select p.*,
               row_number() over (partition by p.at, p.verdict = 'a' order by p.ord) as place,
               row_number() over (partition by p.at, p.stream, p.verdict = 'a' order by p.ord) as nth
        from probed p
      )
      select array_agg(n.verdict order by n.ord), array_agg(n.original order by n.ord), array_agg(n.known order by n.ord),
             array_agg(n.place order by n.ord), array_agg(n.nth order by n.ord)
      into v_verdict, v_original, v_known, v_place, v_nth
      from numbered n;
    end if;

    begin
      insert into {schema}.event (tenant, position, version, recorded_at, id, stream, type, source,
                                  key_hash, body_hash, content_hash, metadata, body)
      select p_tenants[i.at], v_base[i.at] + i.place, i.known + i.nth, v_now, i.id, i.stream, i.type, i.source,
             case when i.opens then i.key_hash end, case when i.opens then i.body_hash end,
             i.content_hash, i.metadata::json, i.body
      from unnest(p_at, v_place, p_stream, v_nth, v_known, v_verdict, p_source, p_key_hash, p_body_hash, p_opens,
                  p_id, p_type, p_metadata, p_content_hash, p_body)
           as i (at, place, stream, nth, known, verdict, source, key_hash, body_hash, opens,
                 id, type, metadata, content_hash, body)
      where v_base[i.at] is not null and coalesce(i.verdict, 'a') = 'a';
      exit;
    exception when unique_violation or exclusion_violation then
      if careful then
        raise;
      end if;
      careful := true;
    end;
  end loop;

  return query
  with judged as materialized (
    select i.ord, i.at, i.place, coalesce(i.verdict, 'a') as verdict, i.original,
           v_base[i.at] + i.place as position,
           i.known + case when coalesce(i.verdict, 'a') = 'a' then i.nth else 0 end as version,
           i.content_hash
    from unnest(p_at, v_place, v_nth, v_known, v_verdict, v_original, p_content_hash)
         with ordinality i (at, place, nth, known, verdict, original, content_hash, ord)
    where v_base[i.at] is not null
  ), chained as (
    insert into {schema}.log_commit (tenant, last_position, first_position, recorded_at, hash)
    select p_tenants[j.at], max(j.position), min(j.position), v_now,
           sha256(v_hash[j.at] || int4send(p_tenants[j.at]) || int8send(min(j.position)) || int8send(max(j.position))
                  || timestamptz_send(v_now)
                  || string_agg(int8send(j.version) || j.content_hash, ''::bytea order by j.place))
    from judged j
    where j.verdict = 'a'
    group by j.at
    returning tenant, last_position, hash
  ), moved as (
    update {schema}.log_head h set position = c.last_position, hash = c.hash
    from chained c where h.tenant = c.tenant
  )
  select careful, array_agg(j.ord), string_agg(j.verdict, ''),
         array_agg(case j.verdict when 'a' then j.position else coalesce(j.original, 0) end), array_agg(j.version), v_now
  from judged j;

  -- A hint for every node, with how far the logs now reach, so that whoever has come so far need not look. A payload is under 8000 bytes.
  perform pg_notify('vkp_log', case when octet_length(n.heads) < 7900 then n.heads else '{schema}' end)
  from (select '{schema}' || string_agg(' ' || h.tenant || ':' || h.position, '' order by h.tenant) as heads
        from {schema}.log_head h where h.tenant = any (p_tenants)) n;
end
$$;

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
create or replace function {schema}.direct_append(
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
  exception when unique_violation or exclusion_violation then
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
