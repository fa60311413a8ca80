-- What the old owner has on its way is not heard any more. Whoever works on the municipality's deliveries takes the lease anew, under a new epoch, and reads them again in order: the history among them.
update delivery_lease
set owner = $2, until = '-infinity', calls_lost_at = clock_timestamp()
where tenant = $1
