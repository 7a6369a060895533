-- Keys are UUIDs of version 7: in order of time. Enums are their numbers. JSON stands as the text it came as: its order, its numbers and its escapes
-- are kept. All texts are ordered by their bytes, whatever the database's own order. Work that is due is found through partial indexes that hold
-- nothing but free work (no lease), so that a claim costs the same however many rows have ended, wait for later or are being worked on.
-- Tables whose rows are changed often leave room on their pages and are vacuumed early: dead entries in an index on what is due are walked by
-- every claim.
--
-- Events, their decisions and the contact ledger lie in partitions of a month each, by the time that their keys begin with, so that old months can be
-- dropped as a whole. A partition is made by whoever runs the service; *_rest hold what has no month of its own, and say what a new month's table is made
-- with. What must be unique over all months is unique in a narrow table beside them, which is not partitioned.

create table customers (
  id uuid not null primary key,
  name text collate "C" not null,
  -- The name in lower case, for searching: folded by us, in the same way for each store.
  name_folded text collate "C" not null,
  given_name text collate "C" not null,
  locale text collate "C" not null,
  time_zone text collate "C" not null,
  attributes text collate "C" not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Since when the CRM no longer has the record.
  gone_at timestamptz
);
create index customers_by_name on customers(name_folded);

create table contact_points (
  customer_id uuid not null,
  channel smallint not null,
  address text collate "C" not null,
  primary key (customer_id, channel)
);
create index contact_points_by_address on contact_points(address);

create table external_ids (
  connection text collate "C" not null,
  value text collate "C" not null,
  customer_id uuid not null,
  primary key (connection, value)
);
create unique index external_ids_by_customer on external_ids(customer_id, connection);
create index external_ids_by_value on external_ids(value);

create table suppressions (
  address text collate "C" not null,
  channel smallint not null,
  reason text collate "C" not null,
  at timestamptz not null,
  -- True where the person said so, and may take it back.
  by_choice boolean not null default false,
  primary key (address, channel)
);

-- What was said, ever.
create table consents (
  customer_id uuid not null,
  channel smallint not null,
  purpose smallint not null,
  at timestamptz not null,
  state smallint not null,
  by text collate "C" not null,
  how text collate "C" not null,
  primary key (customer_id, channel, purpose, at, state)
);

-- What holds now.
create table consents_in_force (
  customer_id uuid not null,
  channel smallint not null,
  purpose smallint not null,
  at timestamptz not null,
  state smallint not null,
  by text collate "C" not null,
  how text collate "C" not null,
  primary key (customer_id, channel, purpose)
);

create table events (
  id uuid not null primary key,
  source text collate "C" not null,
  source_id text collate "C" not null,
  type text collate "C" not null,
  subject text collate "C" not null,
  customer_id uuid,
  time timestamptz not null,
  received_at timestamptz not null,
  data text collate "C" not null,
  delivery_id uuid,
  enrolment_id uuid,
  processed boolean not null default false,
  lease_node text collate "C",
  lease_until timestamptz
) partition by range (id);
create table events_rest partition of events default
  with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
create index events_to_process on events(id) where not processed and lease_until is null;
create index events_leased on events(lease_until) where lease_until is not null;
create index events_by_customer on events(customer_id, time) where customer_id is not null;
create index events_by_delivery on events(delivery_id, time) where delivery_id is not null;
create index events_answers on events(type) where type = 'survey.answered' and source = 'cxo';

-- What a source calls its events: the same name is the same event, whenever it comes again, also when the event itself was dropped.
create table event_names (
  source text collate "C" not null,
  source_id text collate "C" not null,
  id uuid not null,
  primary key (source, source_id)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);

create table event_decisions (
  event_id uuid not null,
  time timestamptz not null,
  customer_id uuid,
  journey text collate "C" not null,
  outcome smallint not null,
  reason text collate "C" not null,
  enrolment_id uuid
) partition by range (event_id);
create table event_decisions_rest partition of event_decisions default with (autovacuum_vacuum_insert_scale_factor = 0.05);
-- Outcomes up to 5 are on enrolling: one an event and journey.
create unique index event_decisions_on_enrolling on event_decisions(event_id, journey) where outcome <= 5;
create unique index event_decisions_on_enrolled on event_decisions(event_id, journey, outcome, enrolment_id) where outcome > 5;

create table enrolments (
  id uuid not null primary key,
  customer_id uuid not null,
  journey text collate "C" not null,
  version integer not null,
  entry_key text collate "C" not null,
  event_id uuid,
  state smallint not null,
  step_id text collate "C" not null,
  entered boolean not null,
  due_at timestamptz,
  waits_for text collate "C",
  waits_on uuid,
  context text collate "C" not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  goal_at timestamptz,
  reason text collate "C" not null,
  revision integer not null,
  -- 0 service, 1 personal, 2 bulk: which is claimed first takes turns.
  lane smallint not null default 1,
  lease_node text collate "C",
  lease_until timestamptz
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
create index enrolments_due on enrolments(lane, due_at, id) where state = 0 and due_at is not null and lease_until is null;
create index enrolments_leased on enrolments(lease_until) where lease_until is not null;
create index enrolments_by_customer on enrolments(customer_id, state);
create unique index enrolments_by_event on enrolments(event_id, journey) where event_id is not null;

-- The re-entry rule: one slot is taken by one enrolment, and is free again from a time on (never, where there is none).
create table entry_slots (
  customer_id uuid not null,
  journey text collate "C" not null,
  entry_key text collate "C" not null,
  free_again_at timestamptz,
  enrolment_id uuid not null,
  -- When that enrolment began: what the next one's time is held against.
  taken_at timestamptz not null,
  primary key (customer_id, journey, entry_key)
);

-- The contact ledger.
create table deliveries (
  id uuid not null primary key,
  customer_id uuid not null,
  enrolment_id uuid not null,
  step_id text collate "C" not null,
  occurrence integer not null,
  journey text collate "C" not null,
  message text collate "C" not null,
  purpose smallint not null,
  touchpoint text collate "C" not null,
  via text collate "C" not null,
  invitation_id uuid,
  state smallint not null,
  due_at timestamptz,
  expires_at timestamptz,
  sent_via smallint,
  connection text collate "C",
  provider_id text collate "C",
  attempts integer not null,
  reason text collate "C" not null,
  planned_at timestamptz not null,
  changed_at timestamptz not null,
  -- When it was last handed over; how far it has come since it was accepted (never falls), and when.
  handed_over_at timestamptz,
  engagement smallint not null default 0,
  engaged_at timestamptz,
  -- When the service of an unknown row is asked what became of it.
  look_up_at timestamptz,
  lease_node text collate "C",
  lease_until timestamptz
) partition by range (id);
create table deliveries_rest partition of deliveries default
  with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
create index deliveries_by_customer on deliveries(customer_id);
-- Planned (0) and deferred (5).
create index deliveries_due on deliveries(due_at, id) where state in (0, 5);
-- Claimed (1) and handed over (2).
create index deliveries_leased on deliveries(lease_until) where state in (1, 2);
create index deliveries_by_state on deliveries(state, changed_at, id) where state >= 3;
-- Unknown (6).
create index deliveries_to_look_up on deliveries(look_up_at, id) where state = 6 and look_up_at is not null;

-- What a step sends: one ledger row each time that it is come to.
create table delivery_steps (
  enrolment_id uuid not null,
  step_id text collate "C" not null,
  occurrence integer not null,
  id uuid not null,
  primary key (enrolment_id, step_id, occurrence)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);

create table invitations (
  id uuid not null primary key,
  customer_id uuid not null,
  survey text collate "C" not null,
  survey_version integer not null,
  enrolment_id uuid,
  journey text collate "C" not null,
  delivery_id uuid,
  touchpoint text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index invitations_by_enrolment on invitations(enrolment_id, survey) where enrolment_id is not null;
create index invitations_by_customer on invitations(customer_id);

create table responses (
  invitation_id uuid not null primary key,
  customer_id uuid not null,
  survey text collate "C" not null,
  survey_version integer not null,
  score smallint,
  comment text collate "C" not null,
  language text collate "C" not null,
  answered_at timestamptz not null,
  changed_at timestamptz not null,
  revision integer not null
);
create index responses_by_customer on responses(customer_id);
create index responses_by_time on responses(answered_at);

create table cases (
  id uuid not null primary key,
  customer_id uuid not null,
  origin text collate "C" not null unique,
  kind text collate "C" not null,
  journey text collate "C" not null,
  invitation_id uuid,
  enrolment_id uuid,
  owner text collate "C" not null,
  due_at timestamptz not null,
  subject text collate "C" not null,
  body text collate "C" not null,
  state smallint not null,
  connection text collate "C",
  ticket_id text collate "C",
  attempts integer not null,
  reason text collate "C" not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  try_at timestamptz,
  lease_node text collate "C",
  lease_until timestamptz
);
create index cases_to_open on cases(try_at, id) where state = 0 and try_at is not null and lease_until is null;
create index cases_leased on cases(lease_until) where lease_until is not null;
create index cases_by_state on cases(state, due_at);
create index cases_by_due on cases(due_at);
create index cases_by_customer on cases(customer_id);
create index cases_by_ticket on cases(connection, ticket_id) where ticket_id is not null;

create table write_backs (
  id uuid not null primary key,
  customer_id uuid not null,
  key text collate "C" not null unique,
  kind smallint not null,
  title text collate "C" not null,
  "values" text collate "C" not null,
  at timestamptz not null,
  state smallint not null,
  due_at timestamptz,
  attempts integer not null,
  reason text collate "C" not null,
  connection text collate "C",
  crm_id text collate "C",
  enrolment_id uuid,
  -- True where an earlier one of the customer's waits: kept out of the index on what is due, or an outage of the CRM would make
  -- every claim walk past all that queues behind.
  blocked boolean not null,
  lease_node text collate "C",
  lease_until timestamptz
);
-- Whose turn it is: a row a customer, locked by whoever adds or ends one of their write-backs, so that two can't both take the first for free, or both
-- take it for blocked.
create table write_back_turns (customer_id uuid not null primary key);
create index write_backs_due on write_backs(due_at, id) where state = 0 and not blocked and lease_until is null;
create index write_backs_leased on write_backs(lease_until) where lease_until is not null;
create index write_backs_waiting on write_backs(customer_id, id) where state = 0;
create index write_backs_by_state on write_backs(state, id);
create index write_backs_by_customer on write_backs(customer_id);
-- Answers (kind 1), for the books.
create index write_backs_answers on write_backs(kind) where kind = 1;

create table content (
  revision bigint generated always as identity primary key,
  kind smallint not null,
  key text collate "C" not null,
  version integer not null,
  text text collate "C" not null,
  published_at timestamptz not null
);
create unique index content_by_version on content(kind, key, version);
create function content_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'published content is never removed: enrolments walk on in its versions';
  end if;
  raise exception 'published content never changes: publish a new version';
end;
$$;
create trigger content_never_changes before update or delete on content for each row execute function content_stays();

create table marks (
  name text collate "C" not null primary key,
  value text collate "C" not null
);

create table taken_marks (
  name text collate "C" not null primary key
);

create table plugin_states (
  key text collate "C" not null primary key,
  state smallint not null,
  reason text collate "C" not null,
  since timestamptz not null,
  what_to_do text collate "C" not null
);

-- Calls to connections that are owed.
create table errands (
  key text collate "C" not null primary key,
  kind smallint not null,
  connection text collate "C" not null,
  subject text collate "C" not null,
  text text collate "C" not null,
  -- How often it was asked for: one that was asked for again while it was run is run again.
  asked integer not null,
  asked_at timestamptz not null,
  state smallint not null,
  due_at timestamptz,
  attempts integer not null,
  reason text collate "C" not null,
  lease_node text collate "C",
  lease_until timestamptz
);
create index errands_due on errands(due_at, key) where state = 0 and lease_until is null;
create index errands_leased on errands(lease_until) where lease_until is not null;
create index errands_by_state on errands(state, asked_at);
