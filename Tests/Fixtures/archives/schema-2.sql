PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
CREATE TABLE runs (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  key TEXT NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
) STRICT;
INSERT INTO runs VALUES(1,'k',1);
CREATE TABLE events (
  run INTEGER NOT NULL REFERENCES runs,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  kind TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO events VALUES(1,1,'started','{"event":"started","sequence":1,"started":{"base":{"id":"b"},"hone":1,"model":"m","notes":[],"repeatedRows":0,"seed":7,"setAsideRows":0,"settings":{"attempts":true,"behaviors":[{"devUnits":20,"hope":0.97,"isCertified":false,"isGuard":false,"name":"refill","sealed":{"budget":0.05,"missing":0,"spent":0,"units":100},"target":0.9,"trainUnits":30}],"confidence":0.95,"ladder":["head"],"only":[],"patience":6,"rounds":12,"startsCertified":false},"suite":"s","untuned":{"id":"b"}},"time":"1970-01-01T00:00:00Z"}');
INSERT INTO events VALUES(1,2,'measured','{"event":"measured","measured":{"behaviors":[{"behavior":"refill","failures":[{"example":"e1","expected":"refill","probability":0.75,"reply":"other"}],"trials":20}],"checkpoint":{"id":"b"}},"sequence":2,"time":"1970-01-01T00:00:01Z"}');
INSERT INTO events VALUES(1,3,'proposed','{"event":"proposed","proposed":{"focus":{},"reason":"all alike","round":1,"rung":"head"},"sequence":3,"time":"1970-01-01T00:00:02Z"}');
INSERT INTO events VALUES(1,4,'tuned','{"event":"tuned","sequence":4,"time":"1970-01-01T00:00:03Z","tuned":{"checkpoint":{"id":"c","rung":"head"},"iterations":3,"l2":0.01,"trainingLoss":0.5}}');
INSERT INTO events VALUES(1,5,'measured','{"event":"measured","measured":{"behaviors":[{"behavior":"refill","failures":[],"trials":20}],"checkpoint":{"id":"c","rung":"head"}},"sequence":5,"time":"1970-01-01T00:00:04Z"}');
INSERT INTO events VALUES(1,6,'accepted','{"accepted":{"candidateChance":0.75,"championChance":0.25,"checkpoint":{"id":"c","rung":"head"},"flips":[{"behavior":"refill","gained":1,"lost":0}],"reason":{"betterChance":{}},"round":1},"event":"accepted","sequence":6,"time":"1970-01-01T00:00:05Z"}');
INSERT INTO events VALUES(1,7,'attemptBegun','{"attemptBegun":{"checkpoint":{"id":"c","rung":"head"},"claims":[{"behavior":"refill","index":1,"level":0.03,"maximumFailures":4,"missing":0,"target":0.9,"units":100}],"number":1},"event":"attemptBegun","sequence":7,"time":"1970-01-01T00:00:06Z"}');
INSERT INTO events VALUES(1,8,'attemptConcluded','{"event":"attemptConcluded","passed":true,"sequence":8,"time":"1970-01-01T00:00:07Z"}');
INSERT INTO events VALUES(1,9,'finished','{"event":"finished","finished":{"satisfied":{"champion":{"id":"c","rung":"head"}}},"sequence":9,"time":"1970-01-01T00:00:08Z"}');
CREATE TABLE checkpoints (
  id TEXT PRIMARY KEY,
  rung TEXT,
  run INTEGER NOT NULL REFERENCES runs,
  round INTEGER NOT NULL CHECK (round >= 0),
  parent TEXT REFERENCES checkpoints
) STRICT, WITHOUT ROWID;
INSERT INTO checkpoints VALUES('b',NULL,1,0,NULL);
INSERT INTO checkpoints VALUES('c','head',1,1,'b');
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
INSERT INTO rounds VALUES(1,1,'head','all alike','c','accepted');
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
INSERT INTO evidence VALUES(1,2,'b','refill','dev',20,19);
INSERT INTO evidence VALUES(1,5,'c','refill','dev',20,20);
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
INSERT INTO failures VALUES(1,2,'refill','e1','refill','other',0.75);
CREATE TABLE attempts (
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL CHECK (number > 0),
  checkpoint TEXT NOT NULL REFERENCES checkpoints,
  outcome TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'passed', 'failed')),
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
INSERT INTO attempts VALUES(1,1,'c','passed');
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
INSERT INTO claims VALUES(1,1,'refill',0.9000000000000000222,100,0,4,0.029999999999999998889,1);
CREATE TABLE sealed_grades (
  run INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  behavior TEXT NOT NULL,
  example TEXT NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)), margin REAL,
  PRIMARY KEY (run, attempt, behavior, example),
  FOREIGN KEY (run, attempt, behavior) REFERENCES claims
) STRICT, WITHOUT ROWID;
INSERT INTO sealed_grades VALUES(1,1,'refill','s1',1,0.10000000000000000555);
INSERT INTO sealed_grades VALUES(1,1,'refill','s2',0,NULL);
CREATE TABLE test_attempts (
  key TEXT PRIMARY KEY,
  checkpoint TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed'))
) STRICT, WITHOUT ROWID;
INSERT INTO test_attempts VALUES('t','c','passed');
CREATE TABLE test_grades (
  attempt TEXT NOT NULL REFERENCES test_attempts ON DELETE CASCADE,
  behavior TEXT NOT NULL,
  example TEXT NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  margin REAL,
  PRIMARY KEY (attempt, behavior, example)
) STRICT, WITHOUT ROWID;
INSERT INTO test_grades VALUES('t','refill','s1',1,0.10000000000000000555);
INSERT INTO test_grades VALUES('t','refill','s2',0,NULL);
CREATE INDEX runs_by_key ON runs (key);
CREATE INDEX evidence_by_checkpoint ON evidence (checkpoint);
COMMIT;
