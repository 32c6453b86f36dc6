import GRDB
import Synchronization
public import Tuning

extension RunStore: RunArchive {
  public func record(
    key: String, canResume: ([StampedEvent]) throws -> Bool
  ) throws -> any RunRecord {
    if let open = try unfinished(key: key), try canResume(open.events) {
      return StoredRecord(store: self, number: open.number, events: open.events)
    }
    let number = try Self.guarded(path) {
      try pool.write { database in
        try database.execute(sql: "INSERT INTO runs (key) VALUES (?)", arguments: [key])
        return Int(database.lastInsertedRowID)
      }
    }
    return StoredRecord(store: self, number: number, events: [])
  }

  public func unfinished(key: String) throws -> (number: Int, events: [StampedEvent])? {
    let open = try Self.guarded(path) {
      try pool.read { database in
        try Int.fetchOne(
          database,
          sql: "SELECT number FROM runs WHERE key = ? AND closed = 0 ORDER BY number DESC LIMIT 1",
          arguments: [key])
      }
    }
    return try open.map { ($0, try events(of: $0)) }
  }
}

/// A run that is being written.
private final class StoredRecord: RunRecord {
  let number: Int
  let events: [StampedEvent]
  private let store: RunStore
  private let rows: Mutex<EventRows>

  init(store: RunStore, number: Int, events: [StampedEvent]) {
    self.store = store
    self.number = number
    self.events = events
    var rows = EventRows(run: number)
    for stamped in events { rows.skip(stamped.event) }
    self.rows = Mutex(rows)
  }

  func append(_ event: StampedEvent, sealed: [SealedGrade]) throws {
    try RunStore.guarded(store.path) {
      try rows.withLock { rows in
        var next = rows
        let kept = try store.pool.write { database in
          try next.insert(event, sealed: sealed, into: database)
          return next
        }
        rows = kept
      }
    }
  }

  func sealedGrades(ofAttempt number: Int) throws -> [SealedGrade] {
    try RunStore.guarded(store.path) {
      try store.pool.read { try RunStore.grades(ofRun: self.number, attempt: number, $0) }
    }
  }

  func close() throws {
    try RunStore.guarded(store.path) {
      try store.pool.write { database in
        try database.execute(
          sql: "UPDATE runs SET closed = 1 WHERE number = ?", arguments: [number])
      }
    }
  }
}
