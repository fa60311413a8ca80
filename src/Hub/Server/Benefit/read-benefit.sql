-- An alarm that stands in the note of its case was acknowledged when that note was. What the hub corrects was saved once already, by the note it corrects.
select to_char(m.occurred_at at time zone 'Europe/Oslo', 'YYYY-MM'), m.kind,
  count(*) filter (where m.state = 'journaled'),
  count(*) filter (where m.state = 'settled' and m.reason in ('folded-into-case', 'repeated-press', 'superseded', 'in-daily-summary')),
  count(*) filter (where m.state = 'journaled' and exists (
    select from delivery d where d.tenant = m.tenant and d.message_id = m.message_id and (d.attempts > 1 or d.resends > 0))),
  percentile_cont(0.5) within group (order by extract(epoch from coalesce(m.journaled_at, n.journaled_at) - m.occurred_at)) filter (where m.lane = 'Alarm')
from message m
left join message n on n.tenant = m.tenant and n.message_id = m.in_document_of
where m.tenant = $1 and m.occurred_at >= $2 and m.occurred_at < $3 and m.source <> 'hub:correcting'
group by 1, 2
order by 1, 2
