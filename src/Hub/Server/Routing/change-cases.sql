-- After the text of write-cases.sql. By the primary key, whatever the planner knows of the table.
on conflict (tenant, message_id) do update
set state = excluded.state, joined_to = excluded.joined_to, document = excluded.document
