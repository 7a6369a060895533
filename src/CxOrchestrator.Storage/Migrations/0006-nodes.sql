-- The processes that have run on this file; one lives at a time.
create table nodes (
  id text not null primary key,
  name text not null,
  machine text not null,
  process integer not null,
  folder text not null,
  address text not null,
  version text not null,
  -- 0 running, 1 draining, 2 stopped, 3 lost.
  state integer not null,
  started_at integer not null,
  heard_at integer not null,
  lease_until integer not null,
  ended_at integer,
  clock_off_ms integer,
  work text not null default '{}'
) without rowid;

-- Turns at work that one node at a time does. The node stays behind when the turn is given back: whoever did the work last may do it again at once.
create table turns (
  name text not null primary key,
  node text not null,
  lease_until integer,
  done_at integer
) without rowid;
