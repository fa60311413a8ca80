-- By position, as every index that may be chosen begins with it. The code only of what was refused: that of an attempt under way comes and goes.
select d.position, d.destination, d.state, case when d.state = 'refused' then d.code end, d.finished_at is null
from unnest($2) as m (position)
cross join lateral (
  select position, destination, state, code, finished_at from delivery
  where tenant = $1 and position = m.position
  offset 0
) d
