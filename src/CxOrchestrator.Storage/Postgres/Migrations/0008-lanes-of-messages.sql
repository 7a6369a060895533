-- compatible from 0007
-- Messages wait for their turn in lanes as walks do: 0 service, 1 personal, 2 bulk. What was planned before this stays in the middle, and so does what a
-- node of an older version plans; for a channel that it doesn't wait for it is passed on.
alter table deliveries add column lane smallint not null default 1;
-- For which channel a message waits: at first the one that is preferred, so that a channel that is slow stands in nobody else's way.
alter table deliveries add column waits_for smallint not null default 0;
update deliveries set waits_for = 1 where state in (0, 5) and via like '1%';
update deliveries set waits_for = 1 where state in (1, 2) and via like '1%';
update deliveries set waits_for = 1 where state = 6 and state >= 3 and via like '1%';
drop index deliveries_due;
-- Planned (0) and deferred (5).
create index deliveries_due on deliveries(waits_for, lane, due_at, id) where state in (0, 5);
