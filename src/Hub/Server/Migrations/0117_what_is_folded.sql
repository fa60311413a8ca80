-- Which messages stand in another's document is asked for; that a message stands in its own is not, and that is what most entries say.
drop index {schema}.case_entry_document;
create index case_entry_document on {schema}.case_entry (document) where message_id <> document;
