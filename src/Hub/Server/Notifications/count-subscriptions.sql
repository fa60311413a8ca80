select count(*) from fhir_subscription where tenant = $1 and destination = $2
