import GRDB

/// The tables, version by version. A released version is never changed: what is new is a migration,
/// and `Tests/Fixtures/archives` has an archive of each.
enum RunSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: version1) }
    migrator.registerMigration("2") { try $0.execute(sql: version2) }
    return migrator
  }

  private static let version1 = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      key TEXT NOT NULL,
      closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
    ) STRICT;
    CREATE INDEX runs_by_key ON runs (key);

    -- The truth: the event stream as it is exported, one line a row.
    CREATE TABLE events (
      run INTEGER NOT NULL REFERENCES runs,
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      kind TEXT NOT NULL,
      line TEXT NOT NULL,
      PRIMARY KEY (run, sequence)
    ) STRICT, WITHOUT ROWID;

    -- Folded from the events.
    CREATE TABLE checkpoints (
      id TEXT PRIMARY KEY,
      rung TEXT,
      run INTEGER NOT NULL REFERENCES runs,
      round INTEGER NOT NULL CHECK (round >= 0),
      parent TEXT REFERENCES checkpoints
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE rounds (
      run INTEGER NOT NULL REFERENCES runs,
      number INTEGER NOT NULL CHECK (number > 0),
      rung TEXT NOT NULL,
      reason TEXT NOT NULL,
      checkpoint TEXT REFERENCES checkpoints,
      outcome TEXT NOT NULL DEFAULT 'open'
        CHECK (outcome IN ('open', 'accepted', 'rejected', 'untuned')),
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence (
      run INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      checkpoint TEXT NOT NULL REFERENCES checkpoints,
      behavior TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('train', 'dev', 'gate')),
      trials INTEGER NOT NULL CHECK (trials >= 0),
      passes INTEGER NOT NULL CHECK (passes BETWEEN 0 AND trials),
      PRIMARY KEY (run, sequence, behavior),
      FOREIGN KEY (run, sequence) REFERENCES events
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX evidence_by_checkpoint ON evidence (checkpoint);
    -- Replies that did not pass, with the grade that this says.
    CREATE TABLE failures (
      run INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      behavior TEXT NOT NULL,
      example TEXT NOT NULL,
      expected TEXT NOT NULL,
      reply TEXT,
      probability REAL NOT NULL,
      PRIMARY KEY (run, sequence, behavior, example),
      FOREIGN KEY (run, sequence, behavior) REFERENCES evidence
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE attempts (
      run INTEGER NOT NULL REFERENCES runs,
      number INTEGER NOT NULL CHECK (number > 0),
      checkpoint TEXT NOT NULL REFERENCES checkpoints,
      outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'passed', 'failed')),
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;
    -- What the ledger in hone.lock charged for each attempt.
    CREATE TABLE claims (
      run INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      behavior TEXT NOT NULL,
      target REAL NOT NULL CHECK (target > 0 AND target < 1),
      units INTEGER NOT NULL CHECK (units >= 0),
      missing INTEGER NOT NULL CHECK (missing BETWEEN 0 AND units),
      maximum_failures INTEGER NOT NULL CHECK (maximum_failures BETWEEN -1 AND units),
      level REAL NOT NULL CHECK (level > 0 AND level < 1),
      k INTEGER NOT NULL CHECK (k > 0),
      PRIMARY KEY (run, attempt, behavior),
      FOREIGN KEY (run, attempt) REFERENCES attempts
    ) STRICT, WITHOUT ROWID;

    -- What attempts saw. No command, page or export reads it but resuming and `hone verify`, which
    -- says whether it holds: one bit leaves an attempt.
    CREATE TABLE sealed_grades (
      run INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      behavior TEXT NOT NULL,
      example TEXT NOT NULL,
      passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
      PRIMARY KEY (run, attempt, behavior, example),
      FOREIGN KEY (run, attempt, behavior) REFERENCES claims
    ) STRICT, WITHOUT ROWID;
    """

  private static let version2 = """
    ALTER TABLE sealed_grades ADD COLUMN margin REAL;

    -- Attempts outside a run, by `hone test --certify`, by their key in hone.lock; read as
    -- sealed_grades is.
    CREATE TABLE test_attempts (
      key TEXT PRIMARY KEY,
      checkpoint TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE test_grades (
      attempt TEXT NOT NULL REFERENCES test_attempts ON DELETE CASCADE,
      behavior TEXT NOT NULL,
      example TEXT NOT NULL,
      passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
      margin REAL,
      PRIMARY KEY (attempt, behavior, example)
    ) STRICT, WITHOUT ROWID;
    """
}
