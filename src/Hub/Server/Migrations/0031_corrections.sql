-- Which message a message replaces, and which replaces it.
alter table {schema}.message add column corrects uuid, add column corrected_by uuid;
