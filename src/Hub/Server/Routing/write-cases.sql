insert into case_entry
  (tenant, message_id, position, stream, kind, lane, occurred_at, role, case_keys, whole_case_keys, about_keys, group_key, traits, state, joined_to, document)
-- PostgreSQL has no arrays of arrays of differing length: each row's keys travel as text.
select $1, r.message_id, r.position, r.stream, r.kind, r.lane, r.occurred_at, r.role,
  r.case_keys::text[], r.whole_case_keys::text[], r.about_keys::text[], r.group_key, r.traits, r.state, r.joined_to, r.document
from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
  as r (message_id, position, stream, kind, lane, occurred_at, role, case_keys, whole_case_keys, about_keys, group_key, traits, state, joined_to, document)
