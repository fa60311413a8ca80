-- One journal system's place in a transport database, made once by the database's owner, who is a superuser or a member of {endpoint}. Replace {schema}, {endpoint} and {hub}: the schema is the journal system's
-- alone, {endpoint} is the role its endpoint logs in with, {hub} the role the hub logs in with for this journal system and no other. Both roles exist already and own
-- nothing else. Neither can reach another journal system's schema, so no address in a routing table can lead there.
create schema {schema};
revoke all on schema {schema} from public;
grant usage, create on schema {schema} to {endpoint};
grant usage on schema {schema} to {hub};

-- What the endpoint's installer makes later (its queue, SubscriptionRouting) the hub may read, and add messages to.
alter default privileges for role {endpoint} in schema {schema} grant select, insert on tables to {hub};
alter default privileges for role {endpoint} in schema {schema} grant usage, select on sequences to {hub};

-- The queue that the endpoint answers to, and where the hub puts answers it cannot read.
create table {schema}."vkp.hub" (
  "Id" uuid primary key, "Expires" timestamp, "Headers" text not null, "Body" bytea, "Seq" serial unique);
create table {schema}."vkp.hub.error" (
  "Id" uuid primary key, "Expires" timestamp, "Headers" text not null, "Body" bytea, "Seq" serial unique);
grant select, insert, update, delete on {schema}."vkp.hub" to {hub};
grant select, insert on {schema}."vkp.hub.error" to {hub};
grant usage on sequence {schema}."vkp.hub.error_Seq_seq" to {hub};
grant insert, select on {schema}."vkp.hub" to {endpoint};
grant usage on sequence {schema}."vkp.hub_Seq_seq" to {endpoint};

-- Whose place this is: the hub writes it at its first publish, and never publishes anything of another destination here.
create table {schema}."vkp.destination" (
  one boolean primary key default true check (one), municipality text not null, destination text not null);
grant select, insert on {schema}."vkp.destination" to {hub};
