-- compatible from 0010
-- Everybody on a page is due at about the same time, for they came to it together: with less room than they take themselves, each sweep of walks would leave
-- the page for new ones, and the old ones behind for the server to clean up.
alter table enrolments set (fillfactor = 50);
