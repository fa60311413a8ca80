-- A plan is kept, and is right for the tables as the planner knew them when it was made. Autovacuum looks once a minute, and a new database holds a
-- hundred thousand events by then. So the store asks for new statistics itself, whenever it has appended as much again: here, of each table that is
-- twice as large as when it was last looked at. Plans made before are thrown away with the old statistics.
create function {schema}.refresh_statistics()
returns int
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_table regclass;
  v_count int := 0;
begin
  for v_table in
    select c.oid::regclass
    from pg_class c
    where c.relnamespace = '{schema}'::regnamespace and c.relkind = 'r'
      and pg_relation_size(c.oid) > 2 * current_setting('block_size')::bigint * greatest(c.relpages, 1)
  loop
    -- Whoever analyses it at this moment does the same work.
    execute format('analyze (skip_locked) %s', v_table);
    v_count := v_count + 1;
  end loop;

  return v_count;
end
$$;

-- It stays the owner's, who alone may analyze, and takes no argument.
revoke all on function {schema}.refresh_statistics() from public;
grant execute on function {schema}.refresh_statistics() to vkp_app;
