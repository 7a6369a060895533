-- compatible from 0008
-- Bids for room in a customer's attention budget; tries that may have arrived although they are repeated; channels whose services refused a message.
alter table deliveries add column priority smallint not null default 50;
alter table deliveries add column doubtful boolean not null default false;
alter table deliveries add column awaits_room boolean not null default false;
alter table deliveries add column refused text collate "C";
-- What was handed over lately, and what never was (it sorts last), stand together: all that a budget is counted from.
drop index deliveries_by_customer;
create index deliveries_by_customer on deliveries(customer_id, coalesce(handed_over_at, 'infinity'::timestamptz));
