-- count-selected.sql of a municipality's every message, or every one in a state ($2), without reading them: what was counted as they were written, less what the hub wrote itself.
select
  (select coalesce(sum(messages), 0) from message_count where tenant = $1 and ($2::text is null or state = $2))::bigint
  - (select count(*) from message where tenant = $1 and adapter = 'hub' and ($2::text is null or state = $2))
