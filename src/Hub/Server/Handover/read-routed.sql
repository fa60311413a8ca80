select position
from subscription_checkpoint
where tenant = $1 and name = 'routing'
