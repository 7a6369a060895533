-- compatible from 0011
-- What the steps of a walk did, but for the last of them, which stands in the context, as all of it did before: a line each, the newest first. Whoever walks on
-- reads none of it and adds to it. It is the row's last column, and grows at its front: what is old stays the end of the row, which the log of changes doesn't
-- repeat. A node of an older version sees the last lines alone, and adds its own to the context: they are moved here with the next step.
alter table enrolments add column told text collate "C" not null default '';
-- Everybody on a page is due at about the same time, for they came to it together: with less room than they take themselves, each sweep of walks would leave
-- the page for new ones, and the old ones behind for the server to clean up.
alter table enrolments set (fillfactor = 50);
