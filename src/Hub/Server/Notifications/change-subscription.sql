-- The new epoch makes void what is on its way under the old terms; it is sent again under the new ones, under the same numbers.
update fhir_subscription
set config_position = $4, status = $5, confirmed = false, failures = 0, code = null, due_at = $6, next_at = case when $5 = 'off' then 'infinity' else $6 end, changed_at = $6,
    epoch = epoch + 1, owner = null, until = null
where tenant = $1 and client = $2 and id = $3
returning destination
