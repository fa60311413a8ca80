-- Whoever offers holds this until its transaction ends: offers become visible in the order of their times, so that a reader past one has seen all before it.
select pg_advisory_xact_lock(22092, $1)
