-- Whole notes only: every item of each (time, patient) that is due. A second node waits for the rows and then finds them gone.
delete from summary_item i
using (
  select distinct d.due_at, d.stream
  from summary_item d
  where d.tenant = $1 and d.due_at <= $2
  order by d.due_at, d.stream
  limit $3
) due
where i.tenant = $1 and i.due_at = due.due_at and i.stream = due.stream
returning i.due_at, i.stream, i.position, i.content, i.settles, i.settle_reasons
