import GRDB
public import Tuning

extension RunStore {
  /// A run as the archive lists it.
  public struct Entry: Sendable, Hashable {
    /// Counted from 1.
    public var number: Int
    /// Names the run by all that decides its course.
    public var key: String
    /// False where it was interrupted, or is at work.
    public var isClosed: Bool

    public init(number: Int, key: String, isClosed: Bool) {
      self.number = number
      self.key = key
      self.isClosed = isClosed
    }
  }

  /// All runs, the oldest first.
  ///
  /// - Throws: `RunError.brokenArchive`.
  public func runs() throws -> [Entry] {
    try Self.guarded(path) {
      try pool.read { database in
        try Row.fetchAll(database, sql: "SELECT number, key, closed FROM runs ORDER BY number")
          .map { Entry(number: $0["number"], key: $0["key"], isClosed: $0["closed"]) }
      }
    }
  }

  /// The event stream of a run as it is exported: JSON, one event a line, without newlines.
  public func lines(of run: Int) throws -> [String] {
    try lines(of: run, after: 0).map(\.line)
  }

  /// What SQLite finds wrong with the file; empty where it is sound.
  package func problems() throws -> [String] {
    try Self.guarded(path) {
      try pool.read { database in
        try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
          + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "\($0)" }
      }
    }
  }

  /// The champion of the newest run that has one; runs under several seeds leave none.
  public func lastChampion() throws -> Checkpoint? {
    for run in try runs().reversed() {
      let summary = RunSummary(try events(of: run.number))
      if summary.header?.isOfSeveral != true, let champion = summary.champion {
        return champion.checkpoint
      }
    }
    return nil
  }
}
