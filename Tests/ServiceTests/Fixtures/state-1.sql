-- The state of a service of its first form, between two runs on 2 March 2026: T-1's warning waits, T-2's was sent.
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  watching_since INTEGER NOT NULL,
  watched_until INTEGER NOT NULL,
  watermark TEXT,
  swept INTEGER NOT NULL DEFAULT 0
);
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
) WITHOUT ROWID;
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
  severity TEXT NOT NULL,
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
  outcome TEXT NOT NULL,
  PRIMARY KEY (key, notifier)
) WITHOUT ROWID;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('docket-state.1');
INSERT INTO meta (id, watching_since, watched_until, watermark, swept) VALUES (1, 1772438400000, 1772445600000, NULL, 1);
INSERT INTO rules VALUES (1, 'other@0000000000000000', 1772438400000);
INSERT INTO notifier VALUES ('desk', -9223372036854775808);
INSERT INTO ticket VALUES ('T-1', 1, 1, 1772445600000, 1772452800000, NULL, NULL);
INSERT INTO ticket VALUES ('T-2', 1, 1, 1772445600000, 1772452800000, NULL, NULL);
INSERT INTO outbox (key, notifier, ticket, due, planned, not_before, notice, rule, place, recipients, title, body, severity)
VALUES ('T-1/answer/answer/0/50%', 'desk', 'T-1', 1772445600000, 1772445600000, 1772445600000, 'window.warning', 'answer', 'rules.yaml:9', '', 'T-1', '', 'warning');
INSERT INTO delivered VALUES ('T-2/answer/answer/0/50%', 'desk', 1772445600000, 'delivered');
