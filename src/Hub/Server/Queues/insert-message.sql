-- Expires stays empty: a document for a journal does not go bad. A repeat while the first still waits changes nothing; later the endpoint's own deduplication does it.
insert into {queue} ("Id", "Expires", "Headers", "Body") values ($1, null, $2, $3) on conflict do nothing
