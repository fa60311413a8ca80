-- What is looked for every second or ten, and is few: messages that are held, open alarms, deliveries that fail, documents that nobody fetches. They were found by going through everything
-- that is open, and while a journal system is away that is everything that has come since.
-- None begins with the plain tenant: see 0100.
drop index {schema}.message_open;
create index message_held on {schema}.message (position, tenant) where state = 'held';
create index message_open_alarm on {schema}.message (position, tenant) where lane = 'Alarm' and state in ('held', 'registered', 'forwarded', 'read', 'failed');
create index delivery_troubled on {schema}.delivery (destination, position, tenant) where finished_at is null and state in ('retryable', 'unknown');
create index delivery_unread on {schema}.delivery (destination, due_at, tenant) where finished_at is null and pulled and state = 'available';
