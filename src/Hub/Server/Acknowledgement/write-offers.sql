-- offered_at is the time, pushed on by a microsecond where the one before it has the same: the closed form of "at least one more than the row before".
insert into offer (tenant, destination, offered_at, position, message_id, form, source, source_system)
select $1, r.destination,
  max(r.base - r.place * interval '1 microsecond') over (partition by r.destination order by r.place) + r.place * interval '1 microsecond',
  r.position, r.message_id, r.form, r.source, r.source_system
from (
  select n.destination, n.position, n.message_id, n.form, n.source, n.source_system,
    row_number() over (partition by n.destination order by n.position) as place,
    greatest(n.recorded_at, (select max(o.offered_at) from offer o where o.tenant = $1 and o.destination = n.destination)) as base
  from unnest($2, $3, $4, $5, $6, $7, $8) as n (destination, position, message_id, form, source, source_system, recorded_at)
) r
