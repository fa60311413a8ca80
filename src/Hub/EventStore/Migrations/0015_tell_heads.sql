-- append, as before but for its last statement: the hint says how far the logs reach. Every subscription of every node used to ask the database after every
-- append of its own node too, three questions for each message; now it knows the answer. A node of the version before takes no notice of the new hint and sees
-- other nodes' events at its next poll.
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
-- that has grown meanwhile) a unique index says so, what was stored is rolled back, and the call goes on carefully:
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
        left join lateral (
          select e.position, e.body_hash from {schema}.event e
          where e.tenant = p_tenants[i.at] and e.key_hash between i.key_hash and i.key_hash and e.source = i.source
          order by e.key_hash limit 1) d on true
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
    exception when unique_violation then
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
