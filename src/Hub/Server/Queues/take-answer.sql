delete from {queue}
where "Seq" = (select "Seq" from {queue} order by "Seq" limit 1 for update skip locked)
returning "Id", "Headers", "Body"
