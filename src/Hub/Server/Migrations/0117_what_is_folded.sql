-- Which messages stand in another's document is asked for; that a message stands in its own is not, and that is what most entries say.
-- With the tenant behind, so that no plan finds the tenant's whole table by the primary key as well.
drop index {schema}.case_entry_document;
create index case_entry_document on {schema}.case_entry (document, tenant) where message_id <> document;
