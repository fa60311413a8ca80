-- When calls of an owner were last left on their way unheard: it went without giving the lease back, or gave it back before it had heard them all. What such a call asked for
-- may still be done, so a refusal of the same message soon after is no last word.
alter table {schema}.delivery_lease add column calls_lost_at timestamptz;
