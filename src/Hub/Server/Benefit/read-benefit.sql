select to_char(m.occurred_at at time zone 'Europe/Oslo', 'YYYY-MM'), m.kind,
  count(*) filter (where m.state = 'journaled'),
  count(*) filter (where m.state = 'settled' and m.reason in ('folded-into-case', 'repeated-press', 'superseded', 'in-daily-summary')),
  count(*) filter (where m.state = 'journaled' and exists (
    select from delivery d where d.tenant = m.tenant and d.message_id = m.message_id and (d.attempts > 1 or d.resends > 0))),
  percentile_cont(0.5) within group (order by extract(epoch from m.journaled_at - m.occurred_at)) filter (where m.lane = 'Alarm' and m.state = 'journaled')
from message m
where m.tenant = $1 and m.occurred_at >= $2 and m.occurred_at < $3
group by 1, 2
order by 1, 2
