-- The same reply once more, while the first still waits, is none.
insert into {address} ("Id", "Expires", "Headers", "Body") values ($1, null, $2, $3) on conflict do nothing
