insert into spent_proof (tenant, proof, forget_at)
values ($1, $2, $3)
on conflict (tenant, proof) do nothing
