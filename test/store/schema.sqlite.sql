CREATE TABLE `account_links` (`door` varchar(32) not null,
  `subject_hash` varchar(64) not null,
  `subject` varchar(255) not null,
  `person_id` varchar(40) not null,
  `called` varchar(255) not null,
  `linked_at` bigint not null, primary key (`door`,
  `subject_hash`));
CREATE UNIQUE INDEX `account_links_person_id_door_unique` on `account_links` (`person_id`,
  `door`);
CREATE TABLE `accounts` (`person_id` varchar(40),
  `username` varchar(64) not null,
  `password` varchar(300) not null,
  `password_due` boolean not null,
  `duties` text not null, primary key (`person_id`));
CREATE UNIQUE INDEX `accounts_username_unique` on `accounts` (`username`);
CREATE TABLE `answers` (`key` varchar(200),
  `request_hash` varchar(64) not null,
  `answer` text not null,
  `at` bigint not null, primary key (`key`));
CREATE INDEX `answers_at_index` on `answers` (`at`);
CREATE TABLE `audit` (`id` varchar(40),
  `at` bigint not null,
  `person_id` varchar(40) not null,
  `act` varchar(64) not null,
  `object` varchar(200) not null,
  `detail` text not null, primary key (`id`));
CREATE INDEX `audit_at_index` on `audit` (`at`);
CREATE TABLE `browsers` (`token_hash` varchar(64),
  `person_id` varchar(40) not null,
  `seen_at` bigint not null, primary key (`token_hash`));
CREATE INDEX `browsers_person_id_index` on `browsers` (`person_id`);
CREATE INDEX `browsers_seen_at_index` on `browsers` (`seen_at`);
CREATE TABLE `case_people` (`case_id` varchar(40) not null,
  `person_id` varchar(40) not null,
  `part` varchar(64) not null, primary key (`case_id`,
  `person_id`,
  `part`));
CREATE INDEX `case_people_person_id_case_id_index` on `case_people` (`person_id`,
  `case_id`);
CREATE TABLE `case_values` (`case_id` varchar(40) not null,
  `name` varchar(64) not null,
  `value` text not null, primary key (`case_id`,
  `name`));
CREATE TABLE `cases` (`id` varchar(40),
  `number` varchar(64) not null,
  `process` varchar(64) not null,
  `version` integer not null,
  `release` integer not null,
  `title` varchar(300) not null,
  `status` varchar(64) not null,
  `state` varchar(64) not null,
  `marking` varchar(64) not null,
  `slots` text not null,
  `revision` integer not null,
  `starter_id` varchar(40) not null,
  `starter_unit` varchar(40) not null,
  `start` varchar(64) not null,
  `started_at` bigint not null,
  `ended_at` bigint,
  `parent_id` varchar(40),
  `parent_wait` varchar(40),
  `parent_index` integer not null,
  `reached` text not null,
  `entries` integer not null,
  `history_hash` varchar(64) not null,
  `find_text` text,
  `matter_id` varchar(40), primary key (`id`));
CREATE INDEX `cases_matter_id_started_at_id_index` on `cases` (`matter_id`,
  `started_at`,
  `id`);
CREATE UNIQUE INDEX `cases_number_unique` on `cases` (`number`);
CREATE INDEX `cases_parent_id_index` on `cases` (`parent_id`);
CREATE INDEX `cases_process_started_at_index` on `cases` (`process`,
  `started_at`);
CREATE INDEX `cases_process_state_version_id_index` on `cases` (`process`,
  `state`,
  `version`,
  `id`);
CREATE INDEX `cases_starter_id_started_at_index` on `cases` (`starter_id`,
  `started_at`);
CREATE TABLE `change_authors` (`change_id` varchar(40) not null,
  `kind` varchar(20) not null,
  `app` varchar(60) not null,
  `key` varchar(120) not null,
  `person_id` varchar(40) not null, primary key (`change_id`,
  `person_id`,
  `kind`,
  `app`,
  `key`));
CREATE TABLE `change_drafts` (`change_id` varchar(40) not null,
  `kind` varchar(20) not null,
  `app` varchar(60) not null,
  `key` varchar(120) not null,
  `source` text,
  `hash` varchar(64) not null,
  `base_hash` varchar(64) not null,
  `revision` integer not null,
  `by` varchar(40) not null,
  `at` bigint not null, primary key (`change_id`,
  `kind`,
  `app`,
  `key`));
CREATE TABLE `change_record` (`id` varchar(40),
  `change_id` varchar(40) not null,
  `at` bigint not null,
  `person_id` varchar(40) not null,
  `what` varchar(20) not null,
  `words` text not null, primary key (`id`));
CREATE INDEX `change_record_change_id_index` on `change_record` (`change_id`);
CREATE TABLE `change_renames` (`id` varchar(40),
  `change_id` varchar(40) not null,
  `at` bigint not null,
  `person_id` varchar(40) not null,
  `old_name` varchar(100) not null,
  `new_name` varchar(100) not null,
  `places` integer not null,
  `drafts` text not null, primary key (`id`));
CREATE INDEX `change_renames_change_id_index` on `change_renames` (`change_id`);
CREATE TABLE `changes` (`id` varchar(40),
  `title` varchar(200) not null,
  `reason` text not null,
  `state` varchar(20) not null,
  `base` integer not null,
  `origin` varchar(20) not null,
  `created_by` varchar(40) not null,
  `created_at` bigint not null,
  `changed_at` bigint not null,
  `effective_on` varchar(10),
  `release` integer,
  `revision` integer not null, primary key (`id`));
CREATE INDEX `changes_release_index` on `changes` (`release`);
CREATE INDEX `changes_state_changed_at_index` on `changes` (`state`,
  `changed_at`);
CREATE TABLE `consents` (`id` varchar(40),
  `kind` varchar(20) not null,
  `object` varchar(40) not null,
  `detail` text not null,
  `asked_by` varchar(40) not null,
  `asked_at` bigint not null,
  `state` varchar(20) not null,
  `decided_by` varchar(40) not null default '',
  `decided_at` bigint not null default '0', primary key (`id`));
CREATE INDEX `consents_state_index` on `consents` (`state`);
CREATE TABLE `counters` (`name` varchar(150),
  `last` integer not null, primary key (`name`));
CREATE TABLE `definition_apps` (`kind` varchar(64) not null,
  `key` varchar(64) not null,
  `app` varchar(64) not null, primary key (`kind`,
  `key`));
CREATE TABLE `definitions` (`kind` varchar(64) not null,
  `key` varchar(64) not null,
  `version` integer not null,
  `title` varchar(200) not null,
  `hash` varchar(64) not null,
  `source` text not null,
  `release` integer not null,
  `effective_from` varchar(10) not null, primary key (`kind`,
  `key`,
  `version`));
CREATE INDEX `definitions_release_index` on `definitions` (`release`);
CREATE TABLE `door_messages` (`message_hash` varchar(64),
  `heard_at` bigint not null, primary key (`message_hash`));
CREATE INDEX `door_messages_heard_at_index` on `door_messages` (`heard_at`);
CREATE TABLE `door_ways` (`id` varchar(64),
  `door` varchar(32) not null,
  `browser_hash` varchar(64) not null,
  `state` varchar(16) not null,
  `person_id` varchar(40) not null,
  `back` varchar(500) not null,
  `kept` text not null,
  `begun_at` bigint not null, primary key (`id`));
CREATE INDEX `door_ways_begun_at_index` on `door_ways` (`begun_at`);
CREATE TABLE `drafts` (`id` varchar(40),
  `person_id` varchar(40) not null,
  `task_id` varchar(40),
  `process` varchar(64) not null,
  `start` varchar(64) not null,
  `title` varchar(300) not null,
  `values` text not null,
  `comment` text not null,
  `saved_at` bigint not null,
  `case_id` varchar(40),
  `action` varchar(64),
  `revision` integer not null default '1',
  `page` varchar(64) not null default '', primary key (`id`));
CREATE INDEX `drafts_person_id_saved_at_index` on `drafts` (`person_id`,
  `saved_at`);
CREATE INDEX `drafts_task_id_index` on `drafts` (`task_id`);
CREATE TABLE `factors` (`person_id` varchar(40),
  `secret` varchar(80) not null,
  `confirmed_at` bigint not null,
  `last_step` bigint not null, primary key (`person_id`));
CREATE TABLE `file_links` (`file_id` varchar(40) not null,
  `case_id` varchar(40) not null,
  `place` varchar(64) not null,
  `by` varchar(40) not null,
  `at` bigint not null,
  `audience` varchar(20) not null default 'organ', primary key (`file_id`,
  `case_id`,
  `place`));
CREATE INDEX `file_links_case_id_index` on `file_links` (`case_id`);
CREATE TABLE `files` (`id` varchar(40),
  `name` varchar(255) not null,
  `size` bigint not null,
  `type` varchar(150) not null,
  `sha256` varchar(64) not null,
  `path` varchar(255) not null,
  `owner_id` varchar(40) not null,
  `at` bigint not null, primary key (`id`));
CREATE INDEX `files_sha256_index` on `files` (`sha256`);
CREATE TABLE `folder_texts` (`kind` varchar(20) not null,
  `app` varchar(60) not null,
  `key` varchar(120) not null,
  `hash` varchar(64) not null,
  `seen` varchar(64) not null, primary key (`kind`,
  `app`,
  `key`));
CREATE TABLE `grants` (`id` varchar(40),
  `person_id` varchar(40) not null,
  `unit_id` varchar(40) not null,
  `role` varchar(80) not null,
  `asked_by` varchar(40) not null,
  `asked_at` bigint not null,
  `state` varchar(20) not null,
  `decided_by` varchar(40) not null default '',
  `decided_at` bigint not null default '0', primary key (`id`));
CREATE INDEX `grants_person_id_index` on `grants` (`person_id`);
CREATE INDEX `grants_state_index` on `grants` (`state`);
CREATE TABLE `guesses` (`lane` varchar(64),
  `failures` integer not null,
  `last_at` bigint not null,
  `paused_until` bigint not null, primary key (`lane`));
CREATE INDEX `guesses_last_at_index` on `guesses` (`last_at`);
CREATE TABLE `history` (`case_id` varchar(40) not null,
  `seq` integer not null,
  `at` bigint not null,
  `kind` varchar(64) not null,
  `person_id` varchar(40) not null,
  `node` varchar(200) not null,
  `detail` text not null,
  `hash` varchar(64) not null, primary key (`case_id`,
  `seq`));
CREATE TABLE `incidents` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `task_id` varchar(40),
  `node` varchar(64) not null,
  `kind` varchar(64) not null,
  `detail` text not null,
  `opened_at` bigint not null,
  `cause` varchar(60) not null default '', primary key (`id`));
CREATE INDEX `incidents_case_id_index` on `incidents` (`case_id`);
CREATE INDEX `incidents_task_id_index` on `incidents` (`task_id`);
CREATE TABLE `incidents_done` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `node` varchar(64) not null,
  `kind` varchar(64) not null,
  `detail` text not null,
  `opened_at` bigint not null,
  `solved_at` bigint not null,
  `solved_by` varchar(40) not null,
  `solution` text not null, primary key (`id`));
CREATE TABLE `ledger_changes` (`ledger` varchar(64) not null,
  `version` varchar(16) not null,
  `cells` text not null,
  `id` varchar(40) not null, primary key (`ledger`,
  `id`));
CREATE TABLE `ledger_counted` (`ledger` varchar(64) not null,
  `version` varchar(16) not null,
  `cells` text not null,
  `id` varchar(40) not null, primary key (`ledger`,
  `id`));
CREATE TABLE `ledger_rows` (`ledger` varchar(64) not null,
  `id` varchar(40) not null,
  `case_id` varchar(40),
  `cells` text not null,
  `created_at` bigint not null,
  `t1` varchar(190),
  `t2` varchar(190),
  `t3` varchar(190),
  `t4` varchar(190),
  `t5` varchar(190),
  `t6` varchar(190),
  `t7` varchar(190),
  `t8` varchar(190),
  `n1` float,
  `n2` float,
  `n3` float,
  `d1` bigint,
  `d2` bigint,
  `d3` bigint,
  `d4` bigint,
  `f1` varchar(190),
  `f2` varchar(190),
  `f3` varchar(190),
  `f4` varchar(190),
  `f5` varchar(190),
  `f6` varchar(190),
  `f7` varchar(190),
  `f8` varchar(190), primary key (`ledger`,
  `id`));
CREATE INDEX `ledger_rows_case_id_index` on `ledger_rows` (`case_id`);
CREATE INDEX `ledger_rows_ledger_created_at_id_index` on `ledger_rows` (`ledger`,
  `created_at`,
  `id`);
CREATE INDEX `ledger_rows_ledger_d1_id_index` on `ledger_rows` (`ledger`,
  `d1`,
  `id`);
CREATE INDEX `ledger_rows_ledger_d2_id_index` on `ledger_rows` (`ledger`,
  `d2`,
  `id`);
CREATE INDEX `ledger_rows_ledger_d3_id_index` on `ledger_rows` (`ledger`,
  `d3`,
  `id`);
CREATE INDEX `ledger_rows_ledger_d4_id_index` on `ledger_rows` (`ledger`,
  `d4`,
  `id`);
CREATE INDEX `ledger_rows_ledger_n1_id_index` on `ledger_rows` (`ledger`,
  `n1`,
  `id`);
CREATE INDEX `ledger_rows_ledger_n2_id_index` on `ledger_rows` (`ledger`,
  `n2`,
  `id`);
CREATE INDEX `ledger_rows_ledger_n3_id_index` on `ledger_rows` (`ledger`,
  `n3`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t1_id_index` on `ledger_rows` (`ledger`,
  `t1`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t2_id_index` on `ledger_rows` (`ledger`,
  `t2`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t3_id_index` on `ledger_rows` (`ledger`,
  `t3`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t4_id_index` on `ledger_rows` (`ledger`,
  `t4`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t5_id_index` on `ledger_rows` (`ledger`,
  `t5`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t6_id_index` on `ledger_rows` (`ledger`,
  `t6`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t7_id_index` on `ledger_rows` (`ledger`,
  `t7`,
  `id`);
CREATE INDEX `ledger_rows_ledger_t8_id_index` on `ledger_rows` (`ledger`,
  `t8`,
  `id`);
CREATE TABLE `ledger_sums` (`ledger` varchar(64) not null,
  `version` varchar(16) not null,
  `cells` text not null,
  `summary` integer not null,
  `mark` varchar(32) not null,
  `n` integer not null,
  `sum1` float not null,
  `filled1` integer not null,
  `sum2` float not null,
  `filled2` integer not null, primary key (`ledger`,
  `version`,
  `summary`,
  `mark`));
CREATE TABLE `ledger_views` (`id` varchar(40),
  `person_id` varchar(40) not null,
  `ledger` varchar(64) not null,
  `name` varchar(80) not null,
  `view` text not null,
  `saved_at` bigint not null, primary key (`id`));
CREATE INDEX `ledger_views_person_id_ledger_index` on `ledger_views` (`person_id`,
  `ledger`);
CREATE TABLE `letters` (`id` varchar(40),
  `case_id` varchar(40),
  `template` varchar(64) not null,
  `version` integer not null,
  `number` varchar(100) not null,
  `organ` varchar(200) not null,
  `title` varchar(300) not null,
  `state` varchar(64) not null,
  `file_id` varchar(40) not null,
  `pages` integer not null,
  `data` text not null,
  `substitutions` text not null,
  `issued_at` bigint not null,
  `issued_by` varchar(40) not null,
  `void_reason` text not null,
  `voided_at` bigint,
  `void_ground` varchar(100) not null default '', primary key (`id`));
CREATE INDEX `letters_case_id_index` on `letters` (`case_id`);
CREATE INDEX `letters_issued_at_index` on `letters` (`issued_at`);
CREATE UNIQUE INDEX `letters_number_unique` on `letters` (`number`);
CREATE TABLE `mailings` (`person_id` varchar(40),
  `choice` varchar(16) not null,
  `told_until` bigint not null,
  `mailed_at` bigint not null,
  `next_at` bigint not null,
  `language` varchar(8) not null default 'zh-CN', primary key (`person_id`));
CREATE INDEX `mailings_next_at_person_id_index` on `mailings` (`next_at`,
  `person_id`);
CREATE TABLE `markings` (`process` varchar(64) not null,
  `hash` varchar(64) not null,
  `text` text not null, primary key (`process`,
  `hash`));
CREATE TABLE `migrations` (`name` varchar(100),
  `applied_at` bigint not null, primary key (`name`));
CREATE TABLE `notices` (`id` varchar(40),
  `person_id` varchar(40) not null,
  `kind` varchar(64) not null,
  `case_id` varchar(40),
  `title` varchar(300) not null,
  `text` text not null,
  `from_name` varchar(100) not null,
  `at` bigint not null,
  `read_at` bigint,
  `letter_id` varchar(40), primary key (`id`));
CREATE INDEX `notices_person_id_at_id_index` on `notices` (`person_id`,
  `at`,
  `id`);
CREATE INDEX `notices_person_id_read_at_index` on `notices` (`person_id`,
  `read_at`);
CREATE TABLE `outbox` (`id` varchar(40),
  `case_id` varchar(40),
  `type` varchar(64) not null,
  `target` varchar(500) not null,
  `payload` text not null,
  `attempts` integer not null,
  `next_at` bigint not null,
  `created_at` bigint not null,
  `error` text not null, primary key (`id`));
CREATE INDEX `outbox_next_at_index` on `outbox` (`next_at`);
CREATE TABLE `outbox_dead` (`id` varchar(40),
  `case_id` varchar(40),
  `type` varchar(64) not null,
  `target` varchar(500) not null,
  `payload` text not null,
  `attempts` integer not null,
  `created_at` bigint not null,
  `ended_at` bigint not null,
  `error` text not null, primary key (`id`));
CREATE TABLE `outbox_done` (`id` varchar(40),
  `case_id` varchar(40),
  `type` varchar(64) not null,
  `target` varchar(500) not null,
  `payload` text not null,
  `attempts` integer not null,
  `created_at` bigint not null,
  `ended_at` bigint not null,
  `error` text not null, primary key (`id`));
CREATE TABLE `people` (`id` varchar(40),
  `name` varchar(100) not null,
  `active` boolean not null,
  `attributes` text not null, primary key (`id`));
CREATE TABLE `posts` (`id` varchar(40),
  `person_id` varchar(40) not null,
  `unit_id` varchar(40) not null,
  `title` varchar(200) not null,
  `roles` text not null,
  `main` boolean not null,
  `sort` integer not null,
  `from_date` varchar(10) not null,
  `to_date` varchar(10) not null,
  `attributes` text not null, primary key (`id`));
CREATE INDEX `posts_person_id_index` on `posts` (`person_id`);
CREATE INDEX `posts_unit_id_index` on `posts` (`unit_id`);
CREATE TABLE `receipts` (`id` varchar(40),
  `letter_id` varchar(40) not null,
  `kind` varchar(64) not null,
  `unit_id` varchar(40) not null,
  `person_id` varchar(40) not null,
  `position` integer not null,
  `sent_at` bigint not null,
  `signed_at` bigint,
  `signed_by` varchar(40) not null,
  `waits_for` varchar(200) not null default '', primary key (`id`));
CREATE INDEX `receipts_letter_id_index` on `receipts` (`letter_id`);
CREATE TABLE `records` (`id` varchar(40),
  `ledger` varchar(64) not null,
  `case_id` varchar(40),
  `record_key` varchar(190) not null,
  `form` varchar(64) not null,
  `values` text not null,
  `at` bigint not null,
  `by` varchar(40) not null,
  `voided_by` varchar(40), primary key (`id`));
CREATE INDEX `records_case_id_index` on `records` (`case_id`);
CREATE INDEX `records_ledger_record_key_index` on `records` (`ledger`,
  `record_key`);
CREATE TABLE `recovery_codes` (`code_hash` varchar(64),
  `person_id` varchar(40) not null,
  `used_at` bigint not null, primary key (`code_hash`));
CREATE INDEX `recovery_codes_person_id_index` on `recovery_codes` (`person_id`);
CREATE TABLE `releases` (`id` integer,
  `at` bigint not null,
  `by` varchar(40) not null,
  `note` varchar(500) not null, primary key (`id`));
CREATE TABLE `sessions` (`token_hash` varchar(64),
  `person_id` varchar(40) not null,
  `csrf` varchar(64) not null,
  `created_at` bigint not null,
  `expires_at` bigint not null,
  `seen_at` bigint not null default '0',
  `door` varchar(32) not null default '',
  `door_person` varchar(64) not null default '',
  `door_session` varchar(64) not null default '',
  `door_hint` text, primary key (`token_hash`));
CREATE INDEX `sessions_door_door_person_index` on `sessions` (`door`,
  `door_person`);
CREATE INDEX `sessions_door_door_session_index` on `sessions` (`door`,
  `door_session`);
CREATE INDEX `sessions_expires_at_index` on `sessions` (`expires_at`);
CREATE INDEX `sessions_person_id_index` on `sessions` (`person_id`);
CREATE TABLE `settings` (`name` varchar(64),
  `value` text not null, primary key (`name`));
CREATE TABLE `submissions` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `task_id` varchar(40) not null,
  `node` varchar(64) not null,
  `round` integer not null,
  `form` varchar(64) not null,
  `form_version` integer not null,
  `person_id` varchar(40) not null,
  `outcome` varchar(64) not null,
  `comment` text not null,
  `values` text not null,
  `at` bigint not null, primary key (`id`));
CREATE INDEX `submissions_case_id_index` on `submissions` (`case_id`);
CREATE TABLE `tasks` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `slot` varchar(200) not null,
  `node` varchar(64) not null,
  `name` varchar(200) not null,
  `round` integer not null,
  `revision` integer not null,
  `opened_at` bigint not null,
  `due_at` bigint,
  `due_provisional` boolean not null,
  `priority` boolean not null,
  `resume` text,
  `signing` text, primary key (`id`));
CREATE INDEX `tasks_case_id_index` on `tasks` (`case_id`);
CREATE TABLE `tasks_done` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `node` varchar(64) not null,
  `name` varchar(200) not null,
  `round` integer not null,
  `opened_at` bigint not null,
  `due_at` bigint,
  `closed_at` bigint not null,
  `outcome` varchar(64) not null,
  `closed_by` varchar(40) not null, primary key (`id`));
CREATE INDEX `tasks_done_case_id_index` on `tasks_done` (`case_id`);
CREATE TABLE `timers` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `task_id` varchar(40),
  `slot` varchar(200) not null,
  `node` varchar(64) not null,
  `kind` varchar(64) not null,
  `due_at` bigint not null,
  `repeat_left` integer not null,
  `detail` text, primary key (`id`));
CREATE INDEX `timers_case_id_index` on `timers` (`case_id`);
CREATE INDEX `timers_due_at_index` on `timers` (`due_at`);
CREATE INDEX `timers_task_id_index` on `timers` (`task_id`);
CREATE TABLE `units` (`id` varchar(40),
  `parent_id` varchar(40),
  `name` varchar(200) not null,
  `short_name` varchar(100) not null,
  `kind` varchar(64) not null,
  `level` varchar(64) not null,
  `sort` integer not null,
  `active` boolean not null,
  `attributes` text not null,
  `relations` text not null, primary key (`id`));
CREATE TABLE `waits` (`id` varchar(40),
  `case_id` varchar(40) not null,
  `slot` varchar(200) not null,
  `node` varchar(64) not null,
  `kind` varchar(64) not null,
  `name` varchar(100) not null,
  `correlation` varchar(200) not null,
  `opened_at` bigint not null,
  `detail` text, primary key (`id`));
CREATE INDEX `waits_case_id_index` on `waits` (`case_id`);
CREATE INDEX `waits_name_correlation_index` on `waits` (`name`,
  `correlation`);
CREATE TABLE `work_done` (`id` varchar(40),
  `task_id` varchar(40) not null,
  `case_id` varchar(40) not null,
  `person_id` varchar(40) not null,
  `number` varchar(64) not null,
  `title` varchar(300) not null,
  `process` varchar(64) not null,
  `task_name` varchar(200) not null,
  `outcome` varchar(100) not null,
  `done_at` bigint not null,
  `find_text` text, primary key (`id`));
CREATE INDEX `work_done_case_id_index` on `work_done` (`case_id`);
CREATE INDEX `work_done_person_id_done_at_id_index` on `work_done` (`person_id`,
  `done_at`,
  `id`);
CREATE TABLE `work_items` (`id` varchar(40),
  `task_id` varchar(40) not null,
  `case_id` varchar(40) not null,
  `person_id` varchar(40) not null,
  `state` varchar(64) not null,
  `position` integer not null,
  `from_person` varchar(40) not null,
  `reason` varchar(64) not null,
  `number` varchar(64) not null,
  `title` varchar(300) not null,
  `process` varchar(64) not null,
  `task_name` varchar(200) not null,
  `opened_at` bigint not null,
  `due_at` bigint not null,
  `due_provisional` boolean not null,
  `rank` integer not null,
  `find_text` text, primary key (`id`));
CREATE INDEX `work_items_case_id_index` on `work_items` (`case_id`);
CREATE INDEX `work_items_person_id_rank_due_at_id_index` on `work_items` (`person_id`,
  `rank`,
  `due_at`,
  `id`);
CREATE INDEX `work_items_task_id_index` on `work_items` (`task_id`);
