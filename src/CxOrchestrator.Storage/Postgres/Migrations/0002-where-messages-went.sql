-- The address that a message was last handed over to: the customer's may be another by the time that the service is asked about it, or tells of it.
alter table deliveries add column handed_over_to text collate "C";
