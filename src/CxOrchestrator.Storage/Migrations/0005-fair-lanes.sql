-- Work waits for its turn in lanes: 0 service, 1 personal, 2 bulk. What has begun before this stays in the middle.
alter table enrolments add column lane integer not null default 1;
drop index enrolments_due;
create index enrolments_due on enrolments(lane, due_at, id) where state = 0 and due_at is not null and lease_until is null;
