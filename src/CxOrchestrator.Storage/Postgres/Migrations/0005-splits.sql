-- Who came to which variant of a split, and what became of it.

-- A customer once a split, by the first time; what they do up to the end of the watch.
create table split_people (
  customer_id uuid not null,
  journey text collate "C" not null,
  split text collate "C" not null,
  variant text collate "C" not null,
  -- The journey's version, whose weights were used.
  version integer not null,
  bucket smallint not null,
  enrolment_id uuid not null,
  assigned_at timestamptz not null,
  watched_until timestamptz not null,
  goal_at timestamptz,
  engaged_at timestamptz,
  answered_at timestamptz,
  score smallint,
  promoter boolean not null,
  primary key (customer_id, journey, split)
) with (fillfactor = 85);

-- Sums over people, kept with every change of one, so that nobody has to be counted. Each connection adds to one of several rows, so that those who commit
-- at the same time don't wait for each other.
create table split_tallies (
  journey text collate "C" not null,
  split text collate "C" not null,
  version integer not null,
  variant text collate "C" not null,
  part smallint not null,
  people bigint not null,
  goals bigint not null,
  engaged bigint not null,
  answers bigint not null,
  promoters bigint not null,
  scores bigint not null,
  score_sum bigint not null,
  score_squares bigint not null,
  primary key (journey, split, version, variant, part)
) with (fillfactor = 50);

create table split_winners (
  journey text collate "C" not null,
  split text collate "C" not null,
  variant text collate "C" not null,
  at timestamptz not null,
  reason text collate "C" not null,
  primary key (journey, split)
);
