-- What the hub wrote itself is part of every count and of no replay: a handful among all.
create index message_own on {schema}.message (position, tenant) where adapter = 'hub';
