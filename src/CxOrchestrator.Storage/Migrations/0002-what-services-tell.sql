-- What services tell after they were called: receipts, bounces, choices, changes.

-- When it was last handed over; how far it has come since it was accepted (never falls), and when.
alter table deliveries add column handed_over_at integer;
alter table deliveries add column engagement integer not null default 0;
alter table deliveries add column engaged_at integer;
-- When the service of an unknown row is asked what became of it.
alter table deliveries add column look_up_at integer;
-- Unknown (6).
create index deliveries_to_look_up on deliveries(look_up_at, id) where state = 6 and look_up_at is not null;

-- 1 where the person said so, and may take it back.
alter table suppressions add column by_choice integer not null default 0;

-- Since when the CRM no longer has the record.
alter table customers add column gone_at integer;

create index cases_by_ticket on cases(connection, ticket_id) where ticket_id is not null;

-- Calls to connections that are owed.
create table errands (
  key text not null primary key,
  kind integer not null,
  connection text not null,
  subject text not null,
  text text not null,
  -- How often it was asked for: one that was asked for again while it was run is run again.
  asked integer not null,
  asked_at integer not null,
  state integer not null,
  due_at integer,
  attempts integer not null,
  reason text not null,
  lease_node text,
  lease_until integer
);
create index errands_due on errands(due_at, key) where state = 0 and lease_until is null;
create index errands_leased on errands(lease_until) where lease_until is not null;
create index errands_by_state on errands(state, asked_at);
