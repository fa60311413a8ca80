update delivery_lease set until = '-infinity' where tenant = any ($1) and owner = $2
