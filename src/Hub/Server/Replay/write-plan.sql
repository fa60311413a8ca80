insert into replay (tenant, replay_id, kind, state, position, up_to, estimate, rate, tally, planned_at, needs_approval, dry_run)
values ($1, $2, $3, 'planned', $4, $5, $6, $7, $8, $9, $10, $11)
