-- Who came to which variant of a split, and what became of it.

-- A customer once a split, by the first time; what they do up to the end of the watch.
create table split_people (
  customer_id blob not null,
  journey text not null,
  split text not null,
  variant text not null,
  -- The journey's version, whose weights were used.
  version integer not null,
  bucket integer not null,
  enrolment_id blob not null,
  assigned_at integer not null,
  watched_until integer not null,
  goal_at integer,
  engaged_at integer,
  answered_at integer,
  score integer,
  promoter integer not null,
  primary key (customer_id, journey, split)
) without rowid;

-- Sums over people, kept with every change of one, so that nobody has to be counted.
create table split_tallies (
  journey text not null,
  split text not null,
  version integer not null,
  variant text not null,
  people integer not null,
  goals integer not null,
  engaged integer not null,
  answers integer not null,
  promoters integer not null,
  scores integer not null,
  score_sum integer not null,
  score_squares integer not null,
  primary key (journey, split, version, variant)
) without rowid;

create table split_winners (
  journey text not null,
  split text not null,
  variant text not null,
  at integer not null,
  reason text not null,
  primary key (journey, split)
) without rowid;
