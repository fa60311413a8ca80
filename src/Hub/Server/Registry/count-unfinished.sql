-- What is not finished at these destinations, or waits there for a person; what a person has withdrawn waits for nobody. It reads the municipality's deliveries: a destination is taken away once in years.
select destination, count(*)
from delivery
where tenant = $1 and destination = any($2) and (finished_at is null or (parked and state <> 'withdrawn'))
group by destination
order by destination
