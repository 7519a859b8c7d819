-- The tables of the state of a service of its fourth form, of rules 'x'; nothing is in them but its beginning.
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  watching_since INTEGER NOT NULL,
  watched_until INTEGER NOT NULL,
  watermark TEXT,
  swept INTEGER NOT NULL DEFAULT 0
, forgotten_until INTEGER);
CREATE TABLE rules (
  generation INTEGER PRIMARY KEY,
  identity TEXT NOT NULL,
  boundary INTEGER NOT NULL
);
CREATE TABLE notifier (name TEXT PRIMARY KEY NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ticket (
  id TEXT PRIMARY KEY NOT NULL,
  generation INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  evaluated_at INTEGER NOT NULL,
  next_due INTEGER,
  known TEXT,
  findings TEXT
, team TEXT, assignee TEXT, is_open INTEGER) WITHOUT ROWID;
CREATE INDEX ticket_by_next_due ON ticket (next_due) WHERE next_due IS NOT NULL;
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  notifier TEXT NOT NULL,
  ticket TEXT NOT NULL,
  due INTEGER NOT NULL,
  planned INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  batch_group TEXT,
  batch TEXT,
  notice TEXT NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  recipients TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  severity TEXT NOT NULL, review TEXT, members TEXT, handed INTEGER NOT NULL DEFAULT 0, is_over INTEGER NOT NULL DEFAULT 0,
  UNIQUE (key, notifier)
);
CREATE INDEX outbox_by_time ON outbox (notifier, not_before);
CREATE INDEX outbox_by_ticket ON outbox (ticket);
CREATE INDEX outbox_by_group ON outbox (batch_group, not_before) WHERE batch_group IS NOT NULL;
CREATE INDEX outbox_by_batch ON outbox (batch) WHERE batch IS NOT NULL;
CREATE TABLE delivered (
  key TEXT NOT NULL,
  notifier TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL, ticket TEXT,
  PRIMARY KEY (key, notifier)
) WITHOUT ROWID;
CREATE INDEX ticket_by_assignee ON ticket (assignee) WHERE is_open = 1;
CREATE TABLE turn (team TEXT PRIMARY KEY NOT NULL, member TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE recurrence (
  review TEXT NOT NULL,
  members TEXT NOT NULL,
  at INTEGER NOT NULL,
  ticket TEXT NOT NULL,
  missing INTEGER NOT NULL,
  PRIMARY KEY (review, members, at, ticket)
) WITHOUT ROWID;
CREATE INDEX recurrence_by_ticket ON recurrence (ticket);
CREATE INDEX recurrence_held ON recurrence (review, members, at, ticket) WHERE missing = 0;
CREATE TABLE review_group (
  review TEXT NOT NULL,
  members TEXT NOT NULL,
  touched INTEGER,
  told TEXT,
  PRIMARY KEY (review, members)
) WITHOUT ROWID;
CREATE INDEX review_group_touched ON review_group (review) WHERE touched IS NOT NULL;
CREATE INDEX outbox_by_review ON outbox (review, members) WHERE review IS NOT NULL;
CREATE TABLE told (
  key TEXT NOT NULL,
  notifier TEXT NOT NULL,
  ticket TEXT NOT NULL,
  parcel TEXT NOT NULL,
  review TEXT,
  members TEXT,
  PRIMARY KEY (key, notifier)
) WITHOUT ROWID;
CREATE INDEX told_by_ticket ON told (ticket);
CREATE INDEX told_by_parcel ON told (notifier, parcel);
CREATE INDEX told_by_review ON told (review, members) WHERE review IS NOT NULL;
CREATE TABLE resolution (
  notifier TEXT NOT NULL,
  key TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  PRIMARY KEY (notifier, key)
) WITHOUT ROWID;
CREATE INDEX resolution_by_time ON resolution (notifier, not_before);
CREATE INDEX delivered_by_ticket ON delivered (ticket) WHERE ticket IS NOT NULL;
CREATE TABLE gone (ticket TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX gone_by_time ON gone (at);
INSERT INTO grdb_migrations VALUES ('docket-state.1'), ('docket-state.2'), ('docket-state.3'), ('docket-state.4');
INSERT INTO meta (id, watching_since, watched_until, swept) VALUES (1, 1772438400000, 1772445600000, 1);
INSERT INTO rules VALUES (1, 'x', 1772438400000);
