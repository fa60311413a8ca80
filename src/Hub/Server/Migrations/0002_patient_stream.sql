-- patient_stream: the stream that any of these aliases leads to; made, and the aliases bound to it, when there is none.
-- The aliases come strongest first. If two of them lead to different streams, the strongest one's is taken and the
-- others stay as they are: joining two patients' histories is a decision for a person.
create function {schema}.patient_stream(p_tenant int, p_aliases bytea[], p_new_stream text)
returns text
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  v_stream text;
  v_known  int;
begin
  for attempt in 1..2 loop
    select count(*), (array_agg(a.stream order by i.ord))[1] into v_known, v_stream
    from unnest(p_aliases) with ordinality as i (alias, ord)
    join {schema}.patient_alias a on a.tenant = p_tenant and a.alias = i.alias;

    exit when v_known = cardinality(p_aliases) or attempt = 2;

    -- Something is to be written. One writer per tenant at a time: two first messages of one patient, with different
    -- sets of identifiers, must end in one stream. Then look again.
    perform pg_advisory_xact_lock(22091, p_tenant);
  end loop;

  if v_known < cardinality(p_aliases) then
    v_stream := coalesce(v_stream, p_new_stream);
    insert into {schema}.patient_alias (tenant, alias, stream)
    select p_tenant, i.alias, v_stream from unnest(p_aliases) as i (alias)
    on conflict (tenant, alias) do nothing;
  end if;

  return v_stream;
end
$$;

-- stream_key_for: the stream's wrapped key; the one offered becomes it when there is none.
create function {schema}.stream_key_for(p_tenant int, p_stream text, p_generation int, p_wrapped bytea)
returns table (generation int, wrapped bytea)
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
    select k.generation, k.wrapped from {schema}.stream_key k where k.tenant = p_tenant and k.stream = p_stream;
  if found then
    return;
  end if;

  insert into {schema}.stream_key (tenant, stream, generation, wrapped) values (p_tenant, p_stream, p_generation, p_wrapped)
  on conflict (tenant, stream) do nothing;
  return query
    select k.generation, k.wrapped from {schema}.stream_key k where k.tenant = p_tenant and k.stream = p_stream;
end
$$;

revoke all on function {schema}.patient_stream(int, bytea[], text), {schema}.stream_key_for(int, text, int, bytea) from public;
grant execute on function {schema}.patient_stream(int, bytea[], text), {schema}.stream_key_for(int, text, int, bytea) to vkp_app;
