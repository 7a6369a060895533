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

-- Turns at work that one node at a time does. The node stays behind when the turn is given back: whoever did the work last may do it again at once.
create table turns (
  name text collate "C" not null primary key,
  node text collate "C" not null,
  lease_until timestamptz,
  done_at timestamptz
) with (fillfactor = 50);

-- Where plugins and connections stand is each node's own finding.
alter table plugin_states add column node text collate "C" not null default '';
alter table plugin_states drop constraint plugin_states_pkey;
alter table plugin_states add primary key (node, key);
