-- What happened in a night two years ago is found by when it happened, without walking the log.
create index message_occurred on {schema}.message (tenant, occurred_at);
