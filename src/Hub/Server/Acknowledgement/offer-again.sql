-- What is to be fetched once more takes a place behind everything offered so far. Its old place stays in the table, for the events that were told under it.
insert into offer (tenant, destination, offered_at, position, message_id, form, source, source_system)
select $1, r.destination, r.base + r.place * interval '1 microsecond', r.position, r.message_id, r.form, r.source, r.source_system
from (
  select o.destination, o.position, o.message_id, o.form, o.source, o.source_system,
    row_number() over (partition by o.destination order by o.position) as place,
    greatest($4, (select max(newest.offered_at) from offer newest where newest.tenant = $1 and newest.destination = o.destination)) as base
  from unnest($2, $3) as again (position, destination)
  cross join lateral (
    select destination, position, message_id, form, source, source_system
    from offer
    where tenant = $1 and destination = again.destination and position = again.position
    order by offered_at desc
    limit 1
  ) o
) r
