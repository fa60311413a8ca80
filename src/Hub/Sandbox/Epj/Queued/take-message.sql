delete from {queue} where "Id" = $1
