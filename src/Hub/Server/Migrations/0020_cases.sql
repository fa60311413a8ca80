-- Cases: what Routing remembers of a patient's messages that other messages may have to do with. The router's own memory.
-- Keys are keyed hashes of patient stream, source and the vendor's ids, so that a key never leads to another patient.
create table {schema}.case_entry (
  tenant integer not null,
  message_id uuid not null,
  position bigint not null,
  stream text not null,
  kind text not null,
  lane smallint not null,
  occurred_at timestamptz not null,
  role smallint not null,
  case_keys text[] not null,
  whole_case_keys text[] not null,
  about_keys text[] not null,
  group_key text,
  traits integer not null,
  state text not null check (state in ('waiting', 'announced', 'delivered', 'settled')),
  joined_to uuid,
  document uuid,
  registered_at timestamptz not null default clock_timestamp(),
  primary key (tenant, message_id)
) with (fillfactor = 80);

-- A patient's open entries are read with every page that names the patient.
create index case_entry_open on {schema}.case_entry (tenant, stream) where state in ('waiting', 'announced');
create index case_entry_document on {schema}.case_entry (tenant, document) where document is not null;

create table {schema}.case_key (
  tenant integer not null,
  key text not null,
  message_id uuid not null,
  primary key (tenant, key, message_id)
);

insert into {schema}.case_entry
  (tenant, message_id, position, stream, kind, lane, occurred_at, role, case_keys, whole_case_keys, about_keys, traits, state, document)
select m.tenant, m.message_id, c.position, m.stream, m.kind,
  case m.lane when 'Alarm' then 0 when 'Clinical' then 1 when 'Replay' then 3 else 2 end,
  m.occurred_at,
  case when c.closed_by = m.message_id then 2 else 1 end,
  c.keys, '{}', '{}', 0,
  case when c.closed_by is null then 'waiting' else 'delivered' end,
  c.closed_by
from (
  select tenant, message_id, max(position) as position, array_agg(case_key) as keys, (max(closed_by::text))::uuid as closed_by
  from {schema}.routing_case
  group by tenant, message_id
) c
join {schema}.message m on m.tenant = c.tenant and m.message_id = c.message_id;

insert into {schema}.case_key (tenant, key, message_id) select tenant, case_key, message_id from {schema}.routing_case;

drop table {schema}.routing_case;

-- settles: log positions of the messages that are settled when the document is journaled, each with its reason.
-- context: positions of messages in the journal already that the document corrects or adds to.
alter table {schema}.delivery add column settles bigint[] not null default '{}';
alter table {schema}.delivery add column settle_reasons text[] not null default '{}';
alter table {schema}.delivery add column context bigint[] not null default '{}';
alter table {schema}.delivery add check (cardinality(settles) = cardinality(settle_reasons));
update {schema}.delivery
set settles = covers[2:], settle_reasons = array_fill('folded-into-case'::text, array[cardinality(covers) - 1])
where cardinality(covers) > 1;

alter table {schema}.case_entry enable row level security;
alter table {schema}.case_entry force row level security;
create policy declared_tenants on {schema}.case_entry
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
alter table {schema}.case_key enable row level security;
alter table {schema}.case_key force row level security;
create policy declared_tenants on {schema}.case_key
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));

grant select, insert, update, delete on {schema}.case_entry, {schema}.case_key to vkp_app;

-- What goes into a patient's note of a Norwegian day, until that note is written.
create table {schema}.summary_item (
  tenant integer not null,
  due_at timestamptz not null,
  stream text not null,
  position bigint not null,
  content bigint[] not null,
  settles bigint[] not null,
  settle_reasons text[] not null,
  primary key (tenant, due_at, stream, position),
  check (cardinality(settles) = cardinality(settle_reasons))
);

alter table {schema}.summary_item enable row level security;
alter table {schema}.summary_item force row level security;
create policy declared_tenants on {schema}.summary_item
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, delete on {schema}.summary_item to vkp_app;
