-- compatible from 0010
-- Messages that go in the business hours of a calendar, by its name.
alter table deliveries add column send_in text collate "C";
