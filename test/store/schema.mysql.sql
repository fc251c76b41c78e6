CREATE TABLE `account_links` (
  `door` varchar(32) NOT NULL,
  `subject_hash` varchar(64) NOT NULL,
  `subject` varchar(255) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `called` varchar(255) NOT NULL,
  `linked_at` bigint(20) NOT NULL,
  PRIMARY KEY (`door`,`subject_hash`),
  UNIQUE KEY `account_links_person_id_door_unique` (`person_id`,`door`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `accounts` (
  `person_id` varchar(40) NOT NULL,
  `username` varchar(64) NOT NULL,
  `password` varchar(300) NOT NULL,
  `password_due` tinyint(1) NOT NULL,
  `duties` longtext NOT NULL,
  PRIMARY KEY (`person_id`),
  UNIQUE KEY `accounts_username_unique` (`username`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `answers` (
  `key` varchar(200) NOT NULL,
  `request_hash` varchar(64) NOT NULL,
  `answer` longtext NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`key`),
  KEY `answers_at_index` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `audit` (
  `id` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `act` varchar(64) NOT NULL,
  `object` varchar(200) NOT NULL,
  `detail` longtext NOT NULL,
  PRIMARY KEY (`id`),
  KEY `audit_at_index` (`at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `browsers` (
  `token_hash` varchar(64) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `seen_at` bigint(20) NOT NULL,
  PRIMARY KEY (`token_hash`),
  KEY `browsers_person_id_index` (`person_id`),
  KEY `browsers_seen_at_index` (`seen_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `case_people` (
  `case_id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `part` varchar(64) NOT NULL,
  PRIMARY KEY (`case_id`,`person_id`,`part`),
  KEY `case_people_person_id_case_id_index` (`person_id`,`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `case_values` (
  `case_id` varchar(40) NOT NULL,
  `name` varchar(64) NOT NULL,
  `value` longtext NOT NULL,
  PRIMARY KEY (`case_id`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `cases` (
  `id` varchar(40) NOT NULL,
  `number` varchar(64) NOT NULL,
  `process` varchar(64) NOT NULL,
  `version` int(11) NOT NULL,
  `release` int(11) NOT NULL,
  `title` varchar(300) NOT NULL,
  `status` varchar(64) NOT NULL,
  `state` varchar(64) NOT NULL,
  `marking` varchar(64) NOT NULL,
  `slots` longtext NOT NULL,
  `revision` int(11) NOT NULL,
  `starter_id` varchar(40) NOT NULL,
  `starter_unit` varchar(40) NOT NULL,
  `start` varchar(64) NOT NULL,
  `started_at` bigint(20) NOT NULL,
  `ended_at` bigint(20) DEFAULT NULL,
  `parent_id` varchar(40) DEFAULT NULL,
  `parent_wait` varchar(40) DEFAULT NULL,
  `parent_index` int(11) NOT NULL,
  `reached` longtext NOT NULL,
  `entries` int(11) NOT NULL,
  `history_hash` varchar(64) NOT NULL,
  `find_text` text DEFAULT NULL,
  `matter_id` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `cases_number_unique` (`number`),
  KEY `cases_parent_id_index` (`parent_id`),
  KEY `cases_starter_id_started_at_index` (`starter_id`,`started_at`),
  KEY `cases_process_started_at_index` (`process`,`started_at`),
  KEY `cases_process_state_version_id_index` (`process`,`state`,`version`,`id`),
  KEY `cases_matter_id_started_at_id_index` (`matter_id`,`started_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `change_authors` (
  `change_id` varchar(40) NOT NULL,
  `kind` varchar(20) NOT NULL,
  `app` varchar(60) NOT NULL,
  `key` varchar(120) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  PRIMARY KEY (`change_id`,`person_id`,`kind`,`app`,`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `change_drafts` (
  `change_id` varchar(40) NOT NULL,
  `kind` varchar(20) NOT NULL,
  `app` varchar(60) NOT NULL,
  `key` varchar(120) NOT NULL,
  `source` longtext DEFAULT NULL,
  `hash` varchar(64) NOT NULL,
  `base_hash` varchar(64) NOT NULL,
  `revision` int(11) NOT NULL,
  `by` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`change_id`,`kind`,`app`,`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `change_record` (
  `id` varchar(40) NOT NULL,
  `change_id` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `what` varchar(20) NOT NULL,
  `words` mediumtext NOT NULL,
  PRIMARY KEY (`id`),
  KEY `change_record_change_id_index` (`change_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `change_renames` (
  `id` varchar(40) NOT NULL,
  `change_id` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `old_name` varchar(100) NOT NULL,
  `new_name` varchar(100) NOT NULL,
  `places` int(11) NOT NULL,
  `drafts` longtext NOT NULL,
  PRIMARY KEY (`id`),
  KEY `change_renames_change_id_index` (`change_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `changes` (
  `id` varchar(40) NOT NULL,
  `title` varchar(200) NOT NULL,
  `reason` mediumtext NOT NULL,
  `state` varchar(20) NOT NULL,
  `base` int(11) NOT NULL,
  `origin` varchar(20) NOT NULL,
  `created_by` varchar(40) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `changed_at` bigint(20) NOT NULL,
  `effective_on` varchar(10) DEFAULT NULL,
  `release` int(11) DEFAULT NULL,
  `revision` int(11) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `changes_release_index` (`release`),
  KEY `changes_state_changed_at_index` (`state`,`changed_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `consents` (
  `id` varchar(40) NOT NULL,
  `kind` varchar(20) NOT NULL,
  `object` varchar(40) NOT NULL,
  `detail` mediumtext NOT NULL,
  `asked_by` varchar(40) NOT NULL,
  `asked_at` bigint(20) NOT NULL,
  `state` varchar(20) NOT NULL,
  `decided_by` varchar(40) NOT NULL DEFAULT '',
  `decided_at` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `consents_state_index` (`state`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `counters` (
  `name` varchar(150) NOT NULL,
  `last` int(11) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `definition_apps` (
  `kind` varchar(64) NOT NULL,
  `key` varchar(64) NOT NULL,
  `app` varchar(64) NOT NULL,
  PRIMARY KEY (`kind`,`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `definitions` (
  `kind` varchar(64) NOT NULL,
  `key` varchar(64) NOT NULL,
  `version` int(11) NOT NULL,
  `title` varchar(200) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `source` longtext NOT NULL,
  `release` int(11) NOT NULL,
  `effective_from` varchar(10) NOT NULL,
  PRIMARY KEY (`kind`,`key`,`version`),
  KEY `definitions_release_index` (`release`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `door_messages` (
  `message_hash` varchar(64) NOT NULL,
  `heard_at` bigint(20) NOT NULL,
  PRIMARY KEY (`message_hash`),
  KEY `door_messages_heard_at_index` (`heard_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `door_ways` (
  `id` varchar(64) NOT NULL,
  `door` varchar(32) NOT NULL,
  `browser_hash` varchar(64) NOT NULL,
  `state` varchar(16) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `back` varchar(500) NOT NULL,
  `kept` mediumtext NOT NULL,
  `begun_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `door_ways_begun_at_index` (`begun_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `drafts` (
  `id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `task_id` varchar(40) DEFAULT NULL,
  `process` varchar(64) NOT NULL,
  `start` varchar(64) NOT NULL,
  `title` varchar(300) NOT NULL,
  `values` longtext NOT NULL,
  `comment` text NOT NULL,
  `saved_at` bigint(20) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `action` varchar(64) DEFAULT NULL,
  `revision` int(11) NOT NULL DEFAULT 1,
  `page` varchar(64) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `drafts_person_id_saved_at_index` (`person_id`,`saved_at`),
  KEY `drafts_task_id_index` (`task_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `factors` (
  `person_id` varchar(40) NOT NULL,
  `secret` varchar(80) NOT NULL,
  `confirmed_at` bigint(20) NOT NULL,
  `last_step` bigint(20) NOT NULL,
  PRIMARY KEY (`person_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `file_links` (
  `file_id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `place` varchar(64) NOT NULL,
  `by` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  `audience` varchar(20) NOT NULL DEFAULT 'organ',
  PRIMARY KEY (`file_id`,`case_id`,`place`),
  KEY `file_links_case_id_index` (`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `files` (
  `id` varchar(40) NOT NULL,
  `name` varchar(255) NOT NULL,
  `size` bigint(20) NOT NULL,
  `type` varchar(150) NOT NULL,
  `sha256` varchar(64) NOT NULL,
  `path` varchar(255) NOT NULL,
  `owner_id` varchar(40) NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `files_sha256_index` (`sha256`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `folder_texts` (
  `kind` varchar(20) NOT NULL,
  `app` varchar(60) NOT NULL,
  `key` varchar(120) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `seen` varchar(64) NOT NULL,
  PRIMARY KEY (`kind`,`app`,`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `grants` (
  `id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `unit_id` varchar(40) NOT NULL,
  `role` varchar(80) NOT NULL,
  `asked_by` varchar(40) NOT NULL,
  `asked_at` bigint(20) NOT NULL,
  `state` varchar(20) NOT NULL,
  `decided_by` varchar(40) NOT NULL DEFAULT '',
  `decided_at` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `grants_person_id_index` (`person_id`),
  KEY `grants_state_index` (`state`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `guesses` (
  `lane` varchar(64) NOT NULL,
  `failures` int(11) NOT NULL,
  `last_at` bigint(20) NOT NULL,
  `paused_until` bigint(20) NOT NULL,
  PRIMARY KEY (`lane`),
  KEY `guesses_last_at_index` (`last_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `history` (
  `case_id` varchar(40) NOT NULL,
  `seq` int(11) NOT NULL,
  `at` bigint(20) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `node` varchar(200) NOT NULL,
  `detail` longtext NOT NULL,
  `hash` varchar(64) NOT NULL,
  PRIMARY KEY (`case_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `incidents` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `task_id` varchar(40) DEFAULT NULL,
  `node` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `detail` text NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `cause` varchar(60) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `incidents_case_id_index` (`case_id`),
  KEY `incidents_task_id_index` (`task_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `incidents_done` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `node` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `detail` text NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `solved_at` bigint(20) NOT NULL,
  `solved_by` varchar(40) NOT NULL,
  `solution` text NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ledger_changes` (
  `ledger` varchar(64) NOT NULL,
  `version` varchar(16) NOT NULL,
  `cells` longtext NOT NULL,
  `id` varchar(40) NOT NULL,
  PRIMARY KEY (`ledger`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ledger_counted` (
  `ledger` varchar(64) NOT NULL,
  `version` varchar(16) NOT NULL,
  `cells` longtext NOT NULL,
  `id` varchar(40) NOT NULL,
  PRIMARY KEY (`ledger`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ledger_rows` (
  `ledger` varchar(64) NOT NULL,
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `cells` longtext NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `t1` varchar(190) DEFAULT NULL,
  `t2` varchar(190) DEFAULT NULL,
  `t3` varchar(190) DEFAULT NULL,
  `t4` varchar(190) DEFAULT NULL,
  `t5` varchar(190) DEFAULT NULL,
  `t6` varchar(190) DEFAULT NULL,
  `t7` varchar(190) DEFAULT NULL,
  `t8` varchar(190) DEFAULT NULL,
  `n1` double DEFAULT NULL,
  `n2` double DEFAULT NULL,
  `n3` double DEFAULT NULL,
  `d1` bigint(20) DEFAULT NULL,
  `d2` bigint(20) DEFAULT NULL,
  `d3` bigint(20) DEFAULT NULL,
  `d4` bigint(20) DEFAULT NULL,
  `f1` varchar(190) DEFAULT NULL,
  `f2` varchar(190) DEFAULT NULL,
  `f3` varchar(190) DEFAULT NULL,
  `f4` varchar(190) DEFAULT NULL,
  `f5` varchar(190) DEFAULT NULL,
  `f6` varchar(190) DEFAULT NULL,
  `f7` varchar(190) DEFAULT NULL,
  `f8` varchar(190) DEFAULT NULL,
  PRIMARY KEY (`ledger`,`id`),
  KEY `ledger_rows_case_id_index` (`case_id`),
  KEY `ledger_rows_ledger_created_at_id_index` (`ledger`,`created_at`,`id`),
  KEY `ledger_rows_ledger_t1_id_index` (`ledger`,`t1`,`id`),
  KEY `ledger_rows_ledger_t2_id_index` (`ledger`,`t2`,`id`),
  KEY `ledger_rows_ledger_t3_id_index` (`ledger`,`t3`,`id`),
  KEY `ledger_rows_ledger_t4_id_index` (`ledger`,`t4`,`id`),
  KEY `ledger_rows_ledger_t5_id_index` (`ledger`,`t5`,`id`),
  KEY `ledger_rows_ledger_t6_id_index` (`ledger`,`t6`,`id`),
  KEY `ledger_rows_ledger_t7_id_index` (`ledger`,`t7`,`id`),
  KEY `ledger_rows_ledger_t8_id_index` (`ledger`,`t8`,`id`),
  KEY `ledger_rows_ledger_n1_id_index` (`ledger`,`n1`,`id`),
  KEY `ledger_rows_ledger_n2_id_index` (`ledger`,`n2`,`id`),
  KEY `ledger_rows_ledger_n3_id_index` (`ledger`,`n3`,`id`),
  KEY `ledger_rows_ledger_d1_id_index` (`ledger`,`d1`,`id`),
  KEY `ledger_rows_ledger_d2_id_index` (`ledger`,`d2`,`id`),
  KEY `ledger_rows_ledger_d3_id_index` (`ledger`,`d3`,`id`),
  KEY `ledger_rows_ledger_d4_id_index` (`ledger`,`d4`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ledger_sums` (
  `ledger` varchar(64) NOT NULL,
  `version` varchar(16) NOT NULL,
  `cells` longtext NOT NULL,
  `summary` int(11) NOT NULL,
  `mark` varchar(32) NOT NULL,
  `n` int(11) NOT NULL,
  `sum1` double NOT NULL,
  `filled1` int(11) NOT NULL,
  `sum2` double NOT NULL,
  `filled2` int(11) NOT NULL,
  PRIMARY KEY (`ledger`,`version`,`summary`,`mark`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `ledger_views` (
  `id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `ledger` varchar(64) NOT NULL,
  `name` varchar(80) NOT NULL,
  `view` mediumtext NOT NULL,
  `saved_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `ledger_views_person_id_ledger_index` (`person_id`,`ledger`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `letters` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `template` varchar(64) NOT NULL,
  `version` int(11) NOT NULL,
  `number` varchar(100) NOT NULL,
  `organ` varchar(200) NOT NULL,
  `title` varchar(300) NOT NULL,
  `state` varchar(64) NOT NULL,
  `file_id` varchar(40) NOT NULL,
  `pages` int(11) NOT NULL,
  `data` longtext NOT NULL,
  `substitutions` longtext NOT NULL,
  `issued_at` bigint(20) NOT NULL,
  `issued_by` varchar(40) NOT NULL,
  `void_reason` text NOT NULL,
  `voided_at` bigint(20) DEFAULT NULL,
  `void_ground` varchar(100) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `letters_number_unique` (`number`),
  KEY `letters_case_id_index` (`case_id`),
  KEY `letters_issued_at_index` (`issued_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `mailings` (
  `person_id` varchar(40) NOT NULL,
  `choice` varchar(16) NOT NULL,
  `told_until` bigint(20) NOT NULL,
  `mailed_at` bigint(20) NOT NULL,
  `next_at` bigint(20) NOT NULL,
  `language` varchar(8) NOT NULL DEFAULT 'zh-CN',
  PRIMARY KEY (`person_id`),
  KEY `mailings_next_at_person_id_index` (`next_at`,`person_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `markings` (
  `process` varchar(64) NOT NULL,
  `hash` varchar(64) NOT NULL,
  `text` longtext NOT NULL,
  PRIMARY KEY (`process`,`hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `migrations` (
  `name` varchar(100) NOT NULL,
  `applied_at` bigint(20) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `notices` (
  `id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `title` varchar(300) NOT NULL,
  `text` text NOT NULL,
  `from_name` varchar(100) NOT NULL,
  `at` bigint(20) NOT NULL,
  `read_at` bigint(20) DEFAULT NULL,
  `letter_id` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `notices_person_id_at_id_index` (`person_id`,`at`,`id`),
  KEY `notices_person_id_read_at_index` (`person_id`,`read_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `outbox` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `type` varchar(64) NOT NULL,
  `target` varchar(500) NOT NULL,
  `payload` longtext NOT NULL,
  `attempts` int(11) NOT NULL,
  `next_at` bigint(20) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `error` text NOT NULL,
  PRIMARY KEY (`id`),
  KEY `outbox_next_at_index` (`next_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `outbox_dead` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `type` varchar(64) NOT NULL,
  `target` varchar(500) NOT NULL,
  `payload` longtext NOT NULL,
  `attempts` int(11) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `ended_at` bigint(20) NOT NULL,
  `error` text NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `outbox_done` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `type` varchar(64) NOT NULL,
  `target` varchar(500) NOT NULL,
  `payload` longtext NOT NULL,
  `attempts` int(11) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `ended_at` bigint(20) NOT NULL,
  `error` text NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `people` (
  `id` varchar(40) NOT NULL,
  `name` varchar(100) NOT NULL,
  `active` tinyint(1) NOT NULL,
  `attributes` longtext NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `posts` (
  `id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `unit_id` varchar(40) NOT NULL,
  `title` varchar(200) NOT NULL,
  `roles` longtext NOT NULL,
  `main` tinyint(1) NOT NULL,
  `sort` int(11) NOT NULL,
  `from_date` varchar(10) NOT NULL,
  `to_date` varchar(10) NOT NULL,
  `attributes` longtext NOT NULL,
  PRIMARY KEY (`id`),
  KEY `posts_person_id_index` (`person_id`),
  KEY `posts_unit_id_index` (`unit_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `receipts` (
  `id` varchar(40) NOT NULL,
  `letter_id` varchar(40) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `unit_id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `position` int(11) NOT NULL,
  `sent_at` bigint(20) NOT NULL,
  `signed_at` bigint(20) DEFAULT NULL,
  `signed_by` varchar(40) NOT NULL,
  `waits_for` varchar(200) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `receipts_letter_id_index` (`letter_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `records` (
  `id` varchar(40) NOT NULL,
  `ledger` varchar(64) NOT NULL,
  `case_id` varchar(40) DEFAULT NULL,
  `record_key` varchar(190) NOT NULL,
  `form` varchar(64) NOT NULL,
  `values` longtext NOT NULL,
  `at` bigint(20) NOT NULL,
  `by` varchar(40) NOT NULL,
  `voided_by` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `records_case_id_index` (`case_id`),
  KEY `records_ledger_record_key_index` (`ledger`,`record_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `recovery_codes` (
  `code_hash` varchar(64) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `used_at` bigint(20) NOT NULL,
  PRIMARY KEY (`code_hash`),
  KEY `recovery_codes_person_id_index` (`person_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE `releases` (
  `id` int(11) NOT NULL,
  `at` bigint(20) NOT NULL,
  `by` varchar(40) NOT NULL,
  `note` varchar(500) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `sessions` (
  `token_hash` varchar(64) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `csrf` varchar(64) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `seen_at` bigint(20) NOT NULL DEFAULT 0,
  `door` varchar(32) NOT NULL DEFAULT '',
  `door_person` varchar(64) NOT NULL DEFAULT '',
  `door_session` varchar(64) NOT NULL DEFAULT '',
  `door_hint` mediumtext DEFAULT NULL,
  PRIMARY KEY (`token_hash`),
  KEY `sessions_person_id_index` (`person_id`),
  KEY `sessions_expires_at_index` (`expires_at`),
  KEY `sessions_door_door_person_index` (`door`,`door_person`),
  KEY `sessions_door_door_session_index` (`door`,`door_session`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `settings` (
  `name` varchar(64) NOT NULL,
  `value` longtext NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `submissions` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `task_id` varchar(40) NOT NULL,
  `node` varchar(64) NOT NULL,
  `round` int(11) NOT NULL,
  `form` varchar(64) NOT NULL,
  `form_version` int(11) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `outcome` varchar(64) NOT NULL,
  `comment` text NOT NULL,
  `values` longtext NOT NULL,
  `at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `submissions_case_id_index` (`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `tasks` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `slot` varchar(200) NOT NULL,
  `node` varchar(64) NOT NULL,
  `name` varchar(200) NOT NULL,
  `round` int(11) NOT NULL,
  `revision` int(11) NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `due_provisional` tinyint(1) NOT NULL,
  `priority` tinyint(1) NOT NULL,
  `resume` longtext DEFAULT NULL,
  `signing` mediumtext DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `tasks_case_id_index` (`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `tasks_done` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `node` varchar(64) NOT NULL,
  `name` varchar(200) NOT NULL,
  `round` int(11) NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `due_at` bigint(20) DEFAULT NULL,
  `closed_at` bigint(20) NOT NULL,
  `outcome` varchar(64) NOT NULL,
  `closed_by` varchar(40) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `tasks_done_case_id_index` (`case_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `timers` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `task_id` varchar(40) DEFAULT NULL,
  `slot` varchar(200) NOT NULL,
  `node` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `due_at` bigint(20) NOT NULL,
  `repeat_left` int(11) NOT NULL,
  `detail` longtext DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `timers_case_id_index` (`case_id`),
  KEY `timers_task_id_index` (`task_id`),
  KEY `timers_due_at_index` (`due_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `units` (
  `id` varchar(40) NOT NULL,
  `parent_id` varchar(40) DEFAULT NULL,
  `name` varchar(200) NOT NULL,
  `short_name` varchar(100) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `level` varchar(64) NOT NULL,
  `sort` int(11) NOT NULL,
  `active` tinyint(1) NOT NULL,
  `attributes` longtext NOT NULL,
  `relations` longtext NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `waits` (
  `id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `slot` varchar(200) NOT NULL,
  `node` varchar(64) NOT NULL,
  `kind` varchar(64) NOT NULL,
  `name` varchar(100) NOT NULL,
  `correlation` varchar(200) NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `detail` longtext DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `waits_case_id_index` (`case_id`),
  KEY `waits_name_correlation_index` (`name`,`correlation`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `work_done` (
  `id` varchar(40) NOT NULL,
  `task_id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `number` varchar(64) NOT NULL,
  `title` varchar(300) NOT NULL,
  `process` varchar(64) NOT NULL,
  `task_name` varchar(200) NOT NULL,
  `outcome` varchar(100) NOT NULL,
  `done_at` bigint(20) NOT NULL,
  `find_text` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `work_done_case_id_index` (`case_id`),
  KEY `work_done_person_id_done_at_id_index` (`person_id`,`done_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `work_items` (
  `id` varchar(40) NOT NULL,
  `task_id` varchar(40) NOT NULL,
  `case_id` varchar(40) NOT NULL,
  `person_id` varchar(40) NOT NULL,
  `state` varchar(64) NOT NULL,
  `position` int(11) NOT NULL,
  `from_person` varchar(40) NOT NULL,
  `reason` varchar(64) NOT NULL,
  `number` varchar(64) NOT NULL,
  `title` varchar(300) NOT NULL,
  `process` varchar(64) NOT NULL,
  `task_name` varchar(200) NOT NULL,
  `opened_at` bigint(20) NOT NULL,
  `due_at` bigint(20) NOT NULL,
  `due_provisional` tinyint(1) NOT NULL,
  `rank` int(11) NOT NULL,
  `find_text` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `work_items_task_id_index` (`task_id`),
  KEY `work_items_case_id_index` (`case_id`),
  KEY `work_items_person_id_rank_due_at_id_index` (`person_id`,`rank`,`due_at`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
