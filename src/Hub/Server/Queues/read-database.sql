-- The same for two connections only when they lead to one database, by whatever name and address.
select system_identifier::text || '/' || (select oid from pg_database where datname = current_database()) from pg_control_system()
