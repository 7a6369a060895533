-- Publications of journeys: what becomes of people in the middle of older versions.
create table publications (
  id blob not null primary key,
  journey text not null,
  kind integer not null,
  base_version integer not null,
  version integer not null,
  restores integer,
  undoes integer,
  plan text not null,
  moves text not null,
  at integer not null,
  done_at integer
);
create index publications_by_journey on publications(journey, id);
create index publications_open on publications(id) where done_at is null;

-- Everybody whom a publication concerns, where they stood when it began, and how to put them back.
create table publication_people (
  publication_id blob not null,
  enrolment_id blob not null,
  customer_id blob not null,
  from_version integer not null,
  from_step text not null,
  outcome integer not null,
  former text,
  -- The enrolment's revision after it was moved; of somebody who is to be put back, the revision that says that they have not gone on since.
  moved_to integer,
  primary key (publication_id, enrolment_id)
) without rowid;
create index publication_people_pending on publication_people(publication_id, enrolment_id) where outcome = 0;
create index publication_people_moved on publication_people(enrolment_id) where moved_to is not null;

-- People under way by journey: what a plan counts and a publication lists.
create index enrolments_walking on enrolments(journey, id) where ended_at is null;

-- Journeys that are not simply live. Of one that was resumed: what was due before a time is not made up for.
create table journey_states (
  journey text not null primary key,
  state integer not null,
  since integer not null,
  by text not null,
  reason text not null,
  skip_before integer
) without rowid;

-- What a pause holds: walks (0) and messages (1), with when each would have been due.
create table held (
  kind integer not null,
  id blob not null,
  journey text not null,
  due_at integer not null,
  primary key (kind, id)
) without rowid;
create index held_by_journey on held(journey, kind, due_at);
