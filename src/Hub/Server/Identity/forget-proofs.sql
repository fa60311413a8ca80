delete from spent_proof
where tenant = any ($1) and forget_at < $2
