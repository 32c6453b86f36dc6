public import Foundation
import GRDB
import Tuning

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The archive of a suite's runs: `.hone/runs.sqlite`.
///
/// The event stream of each run is the truth, one line a row; all other tables are folded from it,
/// in the transaction that keeps the event. One process writes at a time (it holds the suite), any
/// number read meanwhile: the journal is write-ahead, and each commit is on disk before it returns.
public struct RunStore: Sendable {
  let path: String
  let pool: DatabasePool

  /// Opens the archive for writing; makes it where there is none, and brings an older one up to
  /// date.
  ///
  /// - Throws: `RunError.cannotWrite` or `RunError.brokenArchive`.
  public init(_ file: URL) throws {
    path = file.path
    pool = try Self.guarded(path) {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      var configuration = Configuration()
      configuration.label = "hone.runs"
      configuration.busyMode = .timeout(10)
      configuration.foreignKeysEnabled = true
      configuration.prepareDatabase { database in
        guard !database.configuration.readonly else { return }
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
      let pool = try DatabasePool(path: file.path, configuration: configuration)
      try Self.migrate(pool, path: file.path)
      return pool
    }
  }

  /// Opens the archive for reading; nil where there is none.
  ///
  /// - Throws: `RunError.brokenArchive`.
  public init?(reading file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    // Opened for writing all the same: an archive of an older version is brought up to date, and
    // the journal of a run that was killed is folded in.
    try self.init(file)
  }

  /// Lets the file grow no further, as if the disk were full: for tests.
  package func fillDisk() throws {
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
  }

  private static func migrate(_ pool: DatabasePool, path: String) throws {
    let migrator = RunSchema.migrator
    let isNewer = try pool.read { try migrator.hasBeenSuperseded($0) }
    if isNewer {
      throw RunError.brokenArchive(path: path, reason: "it was written by a newer version of Hone")
    }
    try migrator.migrate(pool)
  }

  /// Does something with the database, and says what went wrong in the words of a run.
  static func guarded<Value>(_ path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        throw RunError.brokenArchive(path: path, reason: error.message ?? "damaged")
      case .SQLITE_FULL:
        throw RunError.cannotWrite(path: path, reason: "the disk is full")
      default:
        // Memory that is shared with readers cannot grow on a full disk either.
        let reason = isFull(path) ? "the disk is full" : error.message ?? "\(error.resultCode)"
        throw RunError.cannotWrite(path: path, reason: reason)
      }
    } catch let error as RunError {
      throw error
    } catch let error as DecodingError {
      throw RunError.brokenArchive(path: path, reason: "an event of an unknown kind: \(error)")
    } catch {
      throw RunError.cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Whether the file system has next to no room left.
  private static func isFull(_ path: String) -> Bool {
    var facts = statvfs()
    guard statvfs((path as NSString).deletingLastPathComponent, &facts) == 0 else { return false }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 65_536
  }
}
