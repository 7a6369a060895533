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
