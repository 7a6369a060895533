-- Keys are UUIDs of version 7 as 16 bytes, big-endian: in order of time. Times are microseconds since 1970, UTC. Enums are their numbers.
-- Work that is due is found through partial indexes that hold nothing but free work (no lease), so that a claim costs the same
-- however many rows have ended, wait for later or are being worked on. Claimed rows are found by the end of their lease.
-- Wide tables keep SQLite's row numbers (their secondary indexes stay small); narrow ones are clustered by their key.

create table customers (
  id blob not null primary key,
  name text not null,
  -- The name in lower case, for searching: SQLite itself folds ASCII alone.
  name_folded text not null,
  given_name text not null,
  locale text not null,
  time_zone text not null,
  attributes text not null,
  created_at integer not null,
  changed_at integer not null
);
create index customers_by_name on customers(name_folded);

create table contact_points (
  customer_id blob not null,
  channel integer not null,
  address text not null,
  primary key (customer_id, channel)
) without rowid;
create index contact_points_by_address on contact_points(address);

create table external_ids (
  connection text not null,
  value text not null,
  customer_id blob not null,
  primary key (connection, value)
) without rowid;
create unique index external_ids_by_customer on external_ids(customer_id, connection);
create index external_ids_by_value on external_ids(value);

create table suppressions (
  address text not null,
  channel integer not null,
  reason text not null,
  at integer not null,
  primary key (address, channel)
) without rowid;

-- What was said, ever.
create table consents (
  customer_id blob not null,
  channel integer not null,
  purpose integer not null,
  at integer not null,
  state integer not null,
  by text not null,
  how text not null,
  primary key (customer_id, channel, purpose, at, state)
) without rowid;

-- What holds now.
create table consents_in_force (
  customer_id blob not null,
  channel integer not null,
  purpose integer not null,
  at integer not null,
  state integer not null,
  by text not null,
  how text not null,
  primary key (customer_id, channel, purpose)
) without rowid;

create table events (
  id blob not null primary key,
  source text not null,
  source_id text not null,
  type text not null,
  subject text not null,
  customer_id blob,
  time integer not null,
  received_at integer not null,
  data text not null,
  delivery_id blob,
  enrolment_id blob,
  processed integer not null default 0,
  lease_node text,
  lease_until integer
);
create unique index events_by_source on events(source, source_id);
create index events_to_process on events(id) where processed = 0 and lease_until is null;
create index events_leased on events(lease_until) where lease_until is not null;
create index events_by_customer on events(customer_id, time) where customer_id is not null;
create index events_by_delivery on events(delivery_id, time) where delivery_id is not null;
create index events_answers on events(type) where type = 'survey.answered' and source = 'cxo';

create table event_decisions (
  event_id blob not null,
  time integer not null,
  customer_id blob,
  journey text not null,
  outcome integer not null,
  reason text not null,
  enrolment_id blob
);
-- Outcomes up to 5 are on enrolling: one an event and journey.
create unique index event_decisions_on_enrolling on event_decisions(event_id, journey) where outcome <= 5;
create unique index event_decisions_on_enrolled on event_decisions(event_id, journey, outcome, enrolment_id) where outcome > 5;

create table enrolments (
  id blob not null primary key,
  customer_id blob not null,
  journey text not null,
  version integer not null,
  entry_key text not null,
  event_id blob,
  state integer not null,
  step_id text not null,
  entered integer not null,
  due_at integer,
  waits_for text,
  waits_on blob,
  context text not null,
  started_at integer not null,
  ended_at integer,
  goal_at integer,
  reason text not null,
  revision integer not null,
  lease_node text,
  lease_until integer
);
create index enrolments_due on enrolments(due_at, id) where state = 0 and due_at is not null and lease_until is null;
create index enrolments_leased on enrolments(lease_until) where lease_until is not null;
create index enrolments_by_customer on enrolments(customer_id, state);
create unique index enrolments_by_event on enrolments(event_id, journey) where event_id is not null;

-- The re-entry rule: one slot is taken by one enrolment, and is free again from a time on (never, where there is none).
create table entry_slots (
  customer_id blob not null,
  journey text not null,
  entry_key text not null,
  free_again_at integer,
  enrolment_id blob not null,
  primary key (customer_id, journey, entry_key)
) without rowid;

-- The contact ledger.
create table deliveries (
  id blob not null primary key,
  customer_id blob not null,
  enrolment_id blob not null,
  step_id text not null,
  occurrence integer not null,
  journey text not null,
  message text not null,
  purpose integer not null,
  touchpoint text not null,
  via text not null,
  invitation_id blob,
  state integer not null,
  due_at integer,
  expires_at integer,
  sent_via integer,
  connection text,
  provider_id text,
  attempts integer not null,
  reason text not null,
  planned_at integer not null,
  changed_at integer not null,
  lease_node text,
  lease_until integer
);
create unique index deliveries_by_step on deliveries(enrolment_id, step_id, occurrence);
create index deliveries_by_customer on deliveries(customer_id);
-- Planned (0) and deferred (5).
create index deliveries_due on deliveries(due_at, id, state) where state in (0, 5);
-- Claimed (1) and handed over (2).
create index deliveries_leased on deliveries(lease_until, state) where state in (1, 2);
create index deliveries_by_state on deliveries(state, changed_at, id) where state >= 3;

create table invitations (
  id blob not null primary key,
  customer_id blob not null,
  survey text not null,
  survey_version integer not null,
  enrolment_id blob,
  journey text not null,
  delivery_id blob,
  touchpoint text not null,
  created_at integer not null,
  expires_at integer not null
);
create index invitations_by_enrolment on invitations(enrolment_id, survey) where enrolment_id is not null;
create index invitations_by_customer on invitations(customer_id);

create table responses (
  invitation_id blob not null primary key,
  customer_id blob not null,
  survey text not null,
  survey_version integer not null,
  score integer,
  comment text not null,
  language text not null,
  answered_at integer not null,
  changed_at integer not null,
  revision integer not null
);
create index responses_by_customer on responses(customer_id);
create index responses_by_time on responses(answered_at);

create table cases (
  id blob not null primary key,
  customer_id blob not null,
  origin text not null unique,
  kind text not null,
  journey text not null,
  invitation_id blob,
  enrolment_id blob,
  owner text not null,
  due_at integer not null,
  subject text not null,
  body text not null,
  state integer not null,
  connection text,
  ticket_id text,
  attempts integer not null,
  reason text not null,
  opened_at integer not null,
  changed_at integer not null,
  try_at integer,
  lease_node text,
  lease_until integer
);
create index cases_to_open on cases(try_at, id) where state = 0 and try_at is not null and lease_until is null;
create index cases_leased on cases(lease_until) where lease_until is not null;
create index cases_by_state on cases(state, due_at);
create index cases_by_due on cases(due_at);
create index cases_by_customer on cases(customer_id);

create table write_backs (
  id blob not null primary key,
  customer_id blob not null,
  key text not null unique,
  kind integer not null,
  title text not null,
  "values" text not null,
  at integer not null,
  state integer not null,
  due_at integer,
  attempts integer not null,
  reason text not null,
  connection text,
  crm_id text,
  enrolment_id blob,
  -- 1 where an earlier one of the customer's waits: kept out of the index on what is due, or an outage of the CRM would make
  -- every claim walk past all that queues behind.
  blocked integer not null,
  lease_node text,
  lease_until integer
);
create index write_backs_due on write_backs(due_at, id) where state = 0 and blocked = 0 and lease_until is null;
create index write_backs_leased on write_backs(lease_until) where lease_until is not null;
create index write_backs_waiting on write_backs(customer_id, id) where state = 0;
create index write_backs_by_state on write_backs(state, id);
create index write_backs_by_customer on write_backs(customer_id);
-- Answers (kind 1), for the books.
create index write_backs_answers on write_backs(kind) where kind = 1;

create table content (
  revision integer primary key autoincrement,
  kind integer not null,
  key text not null,
  version integer not null,
  text text not null,
  published_at integer not null
);
create unique index content_by_version on content(kind, key, version);
create trigger content_never_changes before update on content
begin
  select raise(abort, 'published content never changes: publish a new version');
end;
create trigger content_never_goes before delete on content
begin
  select raise(abort, 'published content is never removed: enrolments walk on in its versions');
end;

create table marks (
  name text not null primary key,
  value text not null
) without rowid;

create table taken_marks (
  name text not null primary key
) without rowid;

create table plugin_states (
  key text not null primary key,
  state integer not null,
  reason text not null,
  since integer not null,
  what_to_do text not null
) without rowid;
