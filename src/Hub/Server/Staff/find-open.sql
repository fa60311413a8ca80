-- The clock that ends it is the database's, the same for every node.
select id
from break_glass
where tenant = $1 and issuer = $2 and subject = $3 and closed_at is null and until > clock_timestamp()
