-- An abort: what has not been taken is put back to where it was. The worker is told, and what is on its way right now ends by what the receiver says.
update delivery d
set state = d.before_replay, code = d.before_replay_code, finished_at = $3, parked = d.before_replay = 'refused', acts = d.acts + 1, recalled = true
from message m
where d.tenant = $1 and d.replay_id = $2 and d.finished_at is null and d.state not in ('accepted', 'read')
  and m.tenant = d.tenant and m.message_id = d.message_id
returning d.destination, d.message_id, d.stream, d.acts, d.code, d.before_replay, m.source, m.adapter, m.kind, m.lane
