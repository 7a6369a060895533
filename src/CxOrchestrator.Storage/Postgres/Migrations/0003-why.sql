-- What somebody is told who asks why.

-- Why the channel was chosen at the last hand-over, with the consent that it stood on; empty where it was never handed over, or was before this.
alter table deliveries add column decided text collate "C" not null default '';

-- Events that came before their person was known.
create index events_of_strangers on events(subject) where customer_id is null;

-- Failed (3): they wait for a person.
create index enrolments_failed on enrolments(ended_at) where state = 3;
