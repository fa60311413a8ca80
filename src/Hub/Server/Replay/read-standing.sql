select m.message_id, m.position, m.state, array(select d.destination from delivery d where d.tenant = m.tenant and d.message_id = m.message_id)
from message m
where m.tenant = $1 and m.message_id = any ($2)
