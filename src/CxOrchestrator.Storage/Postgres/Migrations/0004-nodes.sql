-- The processes that share this database, each under a lease that it renews. All times here are this server's.
create table nodes (
  id text collate "C" not null primary key,
  name text collate "C" not null,
  machine text collate "C" not null,
  process integer not null,
  folder text collate "C" not null,
  address text collate "C" not null,
  version text collate "C" not null,
  -- 0 running, 1 draining, 2 stopped, 3 lost.
  state smallint not null,
  started_at timestamptz not null,
  heard_at timestamptz not null,
  lease_until timestamptz not null,
  ended_at timestamptz,
  clock_off_ms integer,
  work text collate "C" not null default '{}'
) with (fillfactor = 50);
create index nodes_by_name on nodes(name);
