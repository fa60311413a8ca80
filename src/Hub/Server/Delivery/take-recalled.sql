update delivery
set recalled = false
where tenant = any ($1) and recalled and not pulled
returning position, destination, message_id, bundle_id, stream, lane, covers, attempts, due_at, context, settles, settle_reasons, state, resends, before_replay, tenant, finished_at is not null
