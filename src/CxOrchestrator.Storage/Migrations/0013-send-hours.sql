-- compatible from 0012
-- Messages that go in the business hours of a calendar, by its name.
alter table deliveries add column send_in text;
