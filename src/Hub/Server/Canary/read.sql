select heard_at from canary where tenant = $1
