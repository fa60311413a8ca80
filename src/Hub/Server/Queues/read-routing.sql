select distinct "QueueAddress" from {routing} where "Topic" = any ($1) order by "QueueAddress"
