-- How many places lenient reading put right, so that a sender can list the messages that need its attention.
alter table {schema}.message add column repairs smallint not null default 0;

create index message_repaired on {schema}.message (tenant, source, position) where repairs > 0;
