select replay_id
from replay
where tenant = $1 and state = 'running'
order by planned_at
