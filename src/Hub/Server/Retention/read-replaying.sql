select replay_id from replay where tenant = $1 and state in ('running', 'paused') limit 1
