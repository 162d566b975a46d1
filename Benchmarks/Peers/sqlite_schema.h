#pragma once

/// The same facts as columns, an index by card, and each command id once.
static const char *schema =
    "CREATE TABLE events (position INTEGER PRIMARY KEY, card INTEGER NOT NULL, occurred INTEGER NOT NULL,"
    " recorded INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, amount INTEGER NOT NULL,"
    " stamps INTEGER NOT NULL, rewards INTEGER NOT NULL, rule_version INTEGER NOT NULL, attribution INTEGER NOT NULL,"
    " named INTEGER, text TEXT);"
    "CREATE INDEX events_by_card ON events (card);";

static const char *sequence_ids =
    "CREATE TABLE commands (source INTEGER NOT NULL, number INTEGER NOT NULL, position INTEGER NOT NULL,"
    " PRIMARY KEY (source, number)) WITHOUT ROWID;";

static const char *opaque_ids =
    "CREATE TABLE commands (id BLOB PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;";

static const char *pragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144; PRAGMA mmap_size = 34359738368;";

static const char *insert_event = "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
static const char *insert_sequence = "INSERT INTO commands VALUES (?1, ?2, ?3)";
static const char *insert_opaque = "INSERT INTO commands VALUES (?1, ?2)";
static const char *select_all = "SELECT * FROM events ORDER BY position";
static const char *select_card = "SELECT * FROM events WHERE card = ?1 ORDER BY position";
