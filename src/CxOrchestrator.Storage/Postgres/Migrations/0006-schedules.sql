-- compatible from 0005
-- When whose turn it is to look: the clustered job store of Quartz 4. Names and types of the columns are what its statements expect; times are ticks of .NET.
-- Nothing here says what was run: that stands in marks and turns. Calendars and triggers of other kinds are not used, but asked for at its start.

create table qrtz_job_details (
  sched_name text not null, job_group text not null, job_name text not null,
  job_class_name text not null, description text, job_data bytea,
  is_durable boolean not null, is_nonconcurrent boolean not null, is_update_data boolean not null, requests_recovery boolean not null,
  primary key (sched_name, job_group, job_name)
);

create table qrtz_triggers (
  sched_name text not null, trigger_group text not null, trigger_name text not null,
  job_group text not null, job_name text not null, description text, job_data bytea, calendar_name text,
  trigger_type text not null, trigger_state text not null, priority integer,
  start_time bigint not null, end_time bigint, next_fire_time bigint, prev_fire_time bigint,
  misfire_instr smallint, misfire_orig_fire_time bigint, misfire_threshold bigint, fixed_delay boolean,
  execution_group text, preferred_node text, preferred_node_auto boolean not null default false,
  retry_policy text, retry_attempt integer, overlap_policy integer,
  continues_trigger_group text, continues_trigger_name text, continuation_condition integer,
  pause_reason text, paused_by text, paused_at bigint,
  primary key (sched_name, trigger_group, trigger_name),
  foreign key (sched_name, job_group, job_name) references qrtz_job_details (sched_name, job_group, job_name)
);
create index qrtz_triggers_by_job on qrtz_triggers (sched_name, job_group, job_name);
create index qrtz_triggers_due on qrtz_triggers (sched_name, trigger_state, next_fire_time, priority desc);

create table qrtz_simple_triggers (
  sched_name text not null, trigger_group text not null, trigger_name text not null,
  repeat_count bigint not null, repeat_interval bigint not null, times_triggered bigint not null,
  primary key (sched_name, trigger_group, trigger_name),
  foreign key (sched_name, trigger_group, trigger_name) references qrtz_triggers (sched_name, trigger_group, trigger_name) on delete cascade
);

create table qrtz_cron_triggers (
  sched_name text not null, trigger_group text not null, trigger_name text not null,
  cron_expression text not null, time_zone_id text,
  primary key (sched_name, trigger_group, trigger_name),
  foreign key (sched_name, trigger_group, trigger_name) references qrtz_triggers (sched_name, trigger_group, trigger_name) on delete cascade
);

create table qrtz_simprop_triggers (
  sched_name text not null, trigger_group text not null, trigger_name text not null, time_zone_id text,
  str_prop_1 text, str_prop_2 text, str_prop_3 text, int_prop_1 integer, int_prop_2 integer, long_prop_1 bigint, long_prop_2 bigint,
  dec_prop_1 numeric, dec_prop_2 numeric, bool_prop_1 boolean, bool_prop_2 boolean,
  primary key (sched_name, trigger_group, trigger_name),
  foreign key (sched_name, trigger_group, trigger_name) references qrtz_triggers (sched_name, trigger_group, trigger_name) on delete cascade
);

create table qrtz_blob_triggers (
  sched_name text not null, trigger_group text not null, trigger_name text not null, blob_data bytea,
  primary key (sched_name, trigger_group, trigger_name),
  foreign key (sched_name, trigger_group, trigger_name) references qrtz_triggers (sched_name, trigger_group, trigger_name) on delete cascade
);

create table qrtz_calendars (
  sched_name text not null, calendar_name text not null, calendar bytea not null,
  primary key (sched_name, calendar_name)
);

create table qrtz_paused_trigger_grps (
  sched_name text not null, trigger_group text not null, pause_reason text, paused_by text, paused_at bigint,
  primary key (sched_name, trigger_group)
);

create table qrtz_paused_job_grps (
  sched_name text not null, job_group text not null, pause_reason text, paused_by text, paused_at bigint,
  primary key (sched_name, job_group)
);

create table qrtz_fired_triggers (
  sched_name text not null, entry_id text not null, instance_name text not null,
  trigger_group text not null, trigger_name text not null, job_group text, job_name text,
  fired_time bigint not null, sched_time bigint not null, priority integer not null, state text not null,
  is_nonconcurrent boolean not null, requests_recovery boolean, execution_group text,
  progress integer, progress_message text, interrupt_requested_time bigint,
  primary key (sched_name, entry_id)
);
create index qrtz_fired_triggers_of on qrtz_fired_triggers (sched_name, instance_name);
create index qrtz_fired_triggers_by_job on qrtz_fired_triggers (sched_name, job_group, job_name);

create table qrtz_scheduler_state (
  sched_name text not null, instance_name text not null, last_checkin_time bigint not null, checkin_interval bigint not null, quartz_version text,
  primary key (sched_name, instance_name)
);

create table qrtz_locks (
  sched_name text not null, lock_name text not null,
  primary key (sched_name, lock_name)
);
