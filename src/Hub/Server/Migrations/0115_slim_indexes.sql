-- These found rows by an id that no two municipalities share, and carried the municipality beside it in every entry. Without it they are a third smaller, in what a message writes as on disk.
drop index {schema}.delivery_message;
create index delivery_message on {schema}.delivery (message_id);
drop index {schema}.case_entry_document;
create index case_entry_document on {schema}.case_entry (document) where document is not null;

-- What is with a journal system and waits for its answer; what is not is in delivery_pending. 'vkp status' went through every delivery there ever was for what is overdue.
create index delivery_awaited on {schema}.delivery ((tenant::bigint), destination, lane, state, position) where finished_at is null and (pulled or state in ('accepted', 'read'));
