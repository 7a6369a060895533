-- What was dropped because it was old.

-- The same name is the same event, also when the event itself is gone.
create table old_event_names (
  source text not null,
  source_id text not null,
  primary key (source, source_id)
) without rowid;

-- For the books: events (0, answers 1), decisions by outcome, deliveries by state.
create table dropped_rows (
  what text not null,
  part integer not null,
  rows integer not null,
  primary key (what, part)
) without rowid;
