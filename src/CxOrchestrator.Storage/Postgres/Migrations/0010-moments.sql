-- compatible from 0009
-- When dates and silences of customers begin journeys: the next look at each customer of each journey, and how far these are planned.
create table moment_plans (
  journey text collate "C" not null primary key,
  rule text collate "C" not null,
  since timestamptz not null,
  cursor uuid,
  done boolean not null
);

create table moments (
  journey text collate "C" not null,
  customer_id uuid not null,
  due_at timestamptz not null,
  since timestamptz,
  primary key (journey, customer_id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
create index moments_due on moments(due_at);

-- Customers who became known or changed while there was a plan.
create table customer_changes (
  number bigint generated always as identity primary key,
  customer_id uuid not null
) with (autovacuum_vacuum_scale_factor = 0.02);

-- Who was in the segments that journeys watch when they were last read.
create table segment_watches (
  segment text collate "C" not null primary key,
  round integer not null,
  known boolean not null,
  read_at timestamptz
);

create table segment_members (
  segment text collate "C" not null,
  customer_id uuid not null,
  primary key (segment, customer_id)
);
