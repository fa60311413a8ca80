-- How many messages stand in each state, kept with the rows themselves: reading every row of a municipality's years to say so took seconds.
--
-- Kept by triggers and not by who writes the rows: while nodes are exchanged one by one, an older one writes them that knows nothing of counts.
-- One row is changed per state and statement, and the rows are written in pages.
create table {schema}.message_count (
  tenant   integer not null,
  state    text    not null,
  -- Empty where there is none.
  reason   text    not null,
  messages bigint  not null,
  primary key (tenant, state, reason)
) with (fillfactor = 50);

alter table {schema}.message_count enable row level security;
alter table {schema}.message_count force row level security;
create policy declared_tenants on {schema}.message_count
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, update on {schema}.message_count to vkp_app;

create function {schema}.count_messages()
returns trigger
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  -- In the order of the key, so that two statements never wait for each other in a circle.
  if tg_op = 'INSERT' then
    insert into {schema}.message_count as c (tenant, state, reason, messages)
    select n.tenant, n.state, coalesce(n.reason, ''), count(*) from new_rows n group by 1, 2, 3 order by 1, 2, 3
    on conflict (tenant, state, reason) do update set messages = c.messages + excluded.messages;
  elsif tg_op = 'UPDATE' then
    insert into {schema}.message_count as c (tenant, state, reason, messages)
    select r.tenant, r.state, r.reason, sum(r.change)
    from (select tenant, state, coalesce(reason, ''), 1 from new_rows union all select tenant, state, coalesce(reason, ''), -1 from old_rows) as r (tenant, state, reason, change)
    group by 1, 2, 3 having sum(r.change) <> 0 order by 1, 2, 3
    on conflict (tenant, state, reason) do update set messages = c.messages + excluded.messages;
  else
    update {schema}.message_count c set messages = c.messages - r.messages
    from (select tenant, state, coalesce(reason, ''), count(*) from old_rows group by 1, 2, 3) as r (tenant, state, reason, messages)
    where c.tenant = r.tenant and c.state = r.state and c.reason = r.reason;
  end if;
  return null;
end
$$;
revoke all on function {schema}.count_messages() from public;

create trigger message_inserted after insert on {schema}.message referencing new table as new_rows for each statement execute function {schema}.count_messages();
create trigger message_updated after update on {schema}.message referencing old table as old_rows new table as new_rows for each statement execute function {schema}.count_messages();
create trigger message_deleted after delete on {schema}.message referencing old table as old_rows for each statement execute function {schema}.count_messages();

-- From here on nobody writes messages until this has ended, so what is counted is what the triggers go on from. All tenants' rows, which not even the owner sees otherwise.
alter table {schema}.message no force row level security;
alter table {schema}.message_count no force row level security;
insert into {schema}.message_count (tenant, state, reason, messages)
select tenant, state, coalesce(reason, ''), count(*) from {schema}.message group by 1, 2, 3;
alter table {schema}.message force row level security;
alter table {schema}.message_count force row level security;
