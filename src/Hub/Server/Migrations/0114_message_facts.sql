-- Where in the log the facts about a message stand, in order: '1023,1029'. Without it they were sought through all that ever happened to the patient.
-- Null where it is not known: messages from before, and rows that a node wrote which does not know this column; the facts of these are sought as before.
alter table {schema}.message add column facts text;

-- Who notes facts adds one with every change. A change that adds none is an older node's: from then on the list would leave something out.
create function {schema}.forget_facts()
returns trigger
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
begin
  new.facts := null;
  return new;
end
$$;
revoke all on function {schema}.forget_facts() from public;
create trigger message_facts before update on {schema}.message for each row when (new.facts is not distinct from old.facts and old.facts is not null) execute function {schema}.forget_facts();
