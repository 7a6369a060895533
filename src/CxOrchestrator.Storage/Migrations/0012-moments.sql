-- compatible from 0011
-- When dates and silences of customers begin journeys: the next look at each customer of each journey, and how far these are planned.
create table moment_plans (
  journey text not null primary key,
  rule text not null,
  since integer not null,
  cursor blob,
  done integer not null
) without rowid;

create table moments (
  journey text not null,
  customer_id blob not null,
  due_at integer not null,
  since integer,
  primary key (journey, customer_id)
) without rowid;
create index moments_due on moments(due_at);

-- Customers who became known or changed while there was a plan.
create table customer_changes (
  number integer primary key autoincrement,
  customer_id blob not null
);

-- Who was in the segments that journeys watch when they were last read.
create table segment_watches (
  segment text not null primary key,
  round integer not null,
  known integer not null,
  read_at integer
) without rowid;

create table segment_members (
  segment text not null,
  customer_id blob not null,
  primary key (segment, customer_id)
) without rowid;
