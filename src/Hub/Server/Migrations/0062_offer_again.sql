-- A document can be offered more than once; what counts is its newest place among the offers, found by this. The place in the log first: migration 0100 says why.
create index offer_document on {schema}.offer (position, destination, tenant, offered_at);
