insert into {claim} (municipality, destination) values ($1, $2) on conflict do nothing
