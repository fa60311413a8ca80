select stream from message where tenant = $1 and state in ('held', 'registered', 'forwarded', 'read', 'failed')
union
select 'held-' || replace(message_id::text, '-', '') from message where tenant = $1 and state in ('held', 'registered', 'forwarded', 'read', 'failed')
union
select stream from delivery where tenant = $1 and (finished_at is null or parked or recalled)
union
select stream from case_entry where tenant = $1 and state in ('waiting', 'announced')
union
select stream from summary_item where tenant = $1
limit $2
