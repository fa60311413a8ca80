-- Proofs of possession that have been used (RFC 9449 section 11.1), shared by all nodes: the second use of one finds its row. Unlogged, so that a request pays for no
-- flush to disk: after a crash of the database the table is empty, and a proof seen in its last minute could be used once more.
create unlogged table {schema}.spent_proof (
  tenant integer not null,
  -- SHA-256 of the key's thumbprint and the proof's own id.
  proof bytea not null check (octet_length(proof) = 32),
  -- From then on the proof is refused for its age alone.
  forget_at timestamptz not null,
  primary key (tenant, proof)
);

create index spent_proof_forget on {schema}.spent_proof (tenant, forget_at);

alter table {schema}.spent_proof enable row level security;
alter table {schema}.spent_proof force row level security;
create policy declared_tenants on {schema}.spent_proof
  using (tenant = any ((select nullif(current_setting('vkp.tenants', true), '')::int[])::int[]));
grant select, insert, delete on {schema}.spent_proof to vkp_app;
