-- Two that take from one queue would not keep the order of a patient, and each would journal what the other has. Let go of when the connection ends, however it ends.
select pg_try_advisory_lock(hashtextextended($1, 0))
