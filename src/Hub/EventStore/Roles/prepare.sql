create schema if not exists {schema};

create table if not exists {schema}.schema_migration (
  set_name   text        collate "C" not null,
  number     int         not null,
  name       text        not null,
  sha256     bytea       not null check (octet_length(sha256) = 32),
  applied_at timestamptz not null,
  primary key (set_name, number)
);

-- Three roles for the whole cluster, whatever the schema. None can log in; none owns a table.
--   vkp_app        what the hub runs as: reads, and calls the functions.
--   vkp_store      what the stored functions run as: the only one that may write to the log.
--   vkp_retention  what retire_bodies runs as: the only one that may change an event, and of it only the body, to its digest.
-- Roles are shared by all databases of a cluster, so two migrations may race here; losing the race is success.
do $$
declare
  -- From PostgreSQL 16 on, being a member is not enough to act as the role, and whoever made it may grant himself the rest.
  needed text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
  begin
    create role vkp_app nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  begin
    create role vkp_store nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  begin
    create role vkp_retention nologin nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end;
  -- An owner who is no superuser must be a member to connect as vkp_app and to hand functions to the other two.
  if not pg_has_role(current_user, 'vkp_app', needed) then
    execute format('grant vkp_app to %I', current_user);
  end if;
  if not pg_has_role(current_user, 'vkp_store', needed) then
    execute format('grant vkp_store to %I', current_user);
  end if;
  if not pg_has_role(current_user, 'vkp_retention', needed) then
    execute format('grant vkp_retention to %I', current_user);
  end if;
end
$$;

grant usage on schema {schema} to vkp_app, vkp_store, vkp_retention;
-- To be given a function, a role must be allowed to create in its schema; taken back when the migrations are done.
grant create on schema {schema} to vkp_store, vkp_retention;
