-- What a replay has sent again: how many of them are where, and whether somebody is still to answer.
select destination, state, finished_at is null and state not in ('accepted', 'read'), count(*)
from delivery
where tenant = $1 and replay_id = $2
group by 1, 2, 3
order by 1, 2, 3
