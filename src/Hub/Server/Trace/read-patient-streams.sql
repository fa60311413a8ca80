select distinct stream
from patient_alias
where tenant = $1
