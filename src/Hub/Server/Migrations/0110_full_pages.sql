-- The room that was left on each page was meant for the next version of a row (HOT). But the indexes of what is open name the state, so that no change of a state is
-- HOT, and the rows of one page change together, more than the room could hold. It was a tenth of these tables for nothing. New pages are filled; old ones stay.
alter table {schema}.message reset (fillfactor);
alter table {schema}.delivery reset (fillfactor);
alter table {schema}.case_entry reset (fillfactor);
