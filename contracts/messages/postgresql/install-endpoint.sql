-- What an endpoint on the PostgreSQL transport makes in its schema before it takes its first message, and again without harm at every start; NServiceBus's installer
-- does it by itself. Run it as the endpoint's role, after provision-destination.sql. Replace {schema}, and {endpoint} by the endpoint's name: at most 55 bytes, a quote in
-- it doubled.
create table if not exists "{schema}"."{endpoint}" (
  "Id" uuid primary key, "Expires" timestamp, "Headers" text not null, "Body" bytea, "Seq" serial unique);
create table if not exists "{schema}"."SubscriptionRouting" (
  "QueueAddress" varchar(200) not null, "Endpoint" varchar(200) not null, "Topic" varchar(200) not null, primary key ("Endpoint", "Topic"));

-- From this row on the hub publishes to the endpoint; before, its deliveries wait.
insert into "{schema}"."SubscriptionRouting" ("QueueAddress", "Endpoint", "Topic") values ('"{schema}"."{endpoint}"', '{endpoint}', 'Vkp.Messages.DocumentReady')
on conflict ("Endpoint", "Topic") do update set "QueueAddress" = excluded."QueueAddress";
