-- Publications of journeys: what becomes of people in the middle of older versions.
create table publications (
  id uuid not null primary key,
  journey text collate "C" not null,
  kind smallint not null,
  base_version integer not null,
  version integer not null,
  restores integer,
  undoes integer,
  plan text collate "C" not null,
  moves text collate "C" not null,
  at timestamptz not null,
  done_at timestamptz
);
create index publications_by_journey on publications(journey, id);
create index publications_open on publications(id) where done_at is null;

-- Everybody whom a publication concerns, where they stood when it began, and how to put them back.
create table publication_people (
  publication_id uuid not null,
  enrolment_id uuid not null,
  customer_id uuid not null,
  from_version integer not null,
  from_step text collate "C" not null,
  outcome smallint not null,
  former text collate "C",
  -- The enrolment's revision after it was moved; of somebody who is to be put back, the revision that says that they have not gone on since.
  moved_to integer,
  primary key (publication_id, enrolment_id)
);
create index publication_people_pending on publication_people(publication_id, enrolment_id) where outcome = 0;
create index publication_people_moved on publication_people(enrolment_id) where moved_to is not null;

-- People under way by journey: what a plan counts and a publication lists.
create index enrolments_walking on enrolments(journey, id) where ended_at is null;

-- Journeys that are not simply live. Of one that was resumed: what was due before a time is not made up for.
create table journey_states (
  journey text collate "C" not null primary key,
  state smallint not null,
  since timestamptz not null,
  by text collate "C" not null,
  reason text collate "C" not null,
  skip_before timestamptz
);

-- What a pause holds: walks (0) and messages (1), with when each would have been due.
create table held (
  kind smallint not null,
  id uuid not null,
  journey text collate "C" not null,
  due_at timestamptz not null,
  primary key (kind, id)
);
create index held_by_journey on held(journey, kind, due_at);
