-- compatible from 0012
-- Messages that were handed over long after they were planned. The ledger lies in months by when a message was planned; a customer's attention budget is counted from
-- what was handed over lately. Whoever counts looks at the last months of the ledger, and here for the few that lie in none of them. The database keeps this itself, so
-- that it holds whatever version hands over. Times are compared as in AttentionSql: two weeks and a day, in hours.
create table late_hand_overs (
  id uuid not null primary key,
  customer_id uuid not null,
  purpose smallint not null,
  at timestamptz not null,
  -- Whether the customer has it or may have it.
  counts boolean not null
);
create index late_hand_overs_by_customer on late_hand_overs(customer_id, at);

create function cxo_note_late_hand_over() returns trigger language plpgsql as $$
begin
  insert into late_hand_overs (id, customer_id, purpose, at, counts)
  values (new.id, new.customer_id, new.purpose, new.handed_over_at, new.state in (2, 3, 6) or new.doubtful)
  on conflict (id) do update set customer_id = excluded.customer_id, purpose = excluded.purpose, at = excluded.at, counts = excluded.counts;
  return null;
end $$;

create trigger deliveries_late after insert or update on deliveries for each row
  when (new.handed_over_at >= new.planned_at + interval '336 hours' or new.handed_over_at <= new.planned_at - interval '24 hours')
  execute function cxo_note_late_hand_over();

-- After the trigger is there, which waits for those who write and lets nobody write before this has ended.
insert into late_hand_overs (id, customer_id, purpose, at, counts)
select id, customer_id, purpose, handed_over_at, state in (2, 3, 6) or doubtful from deliveries
where handed_over_at >= planned_at + interval '336 hours' or handed_over_at <= planned_at - interval '24 hours';
