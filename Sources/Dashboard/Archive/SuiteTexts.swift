import Foundation
import Reports
import Suites
import Tuning

/// What a suite says now: its examples with their roles, and its certificate.
struct SuiteTexts: Sendable {
  /// Counts the readings.
  var version = 0
  /// Nil where it cannot be read.
  var suite: DealtSuite?
  var certificate: Certificate?
  /// What its `hone.lock` has left; worked out here, since a run has many pages.
  var ledger: [LedgerRow] = []
  /// Why it cannot be read: lines with file, line and column.
  var problems: [String] = []
  var examples = ShownExamples()

  /// Reads a suite as it is, or says why it cannot be.
  init(reading workspace: SuiteWorkspace, version: Int) {
    self.version = version
    certificate = Certificate.read(from: workspace.certificate)
    do {
      let lock = try SuiteLock.read(from: workspace.lock)
      let (dealt, _) = try deal(try Suite.read(folder: workspace.folder), lock: lock)
      suite = dealt
      ledger = LedgerRow.all(in: dealt)
      examples = ShownExamples(dealt)
    } catch {
      problems = error.lines
    }
  }

  /// The files that it was read from, by their paths.
  func files(in workspace: SuiteWorkspace) -> Set<String> {
    var files = Set(["hone.yaml", "behaviors"])
    for behavior in suite?.suite.behaviors ?? [] {
      files.insert(behavior.location.file)
      for example in behavior.examples { files.formUnion(example.locations.map(\.file)) }
    }
    let paths = files.map { workspace.folder.appendingPathComponent($0).path }
    return Set(paths + [workspace.lock.path, workspace.certificate.path])
  }
}

/// Reads the suite when its files change, and not before.
actor SuiteReader {
  private let workspace: SuiteWorkspace
  private var texts: SuiteTexts?
  private var files: Set<String> = []
  private var marks: [String: FileMark] = [:]
  private var looked: ContinuousClock.Instant?
  private var reading: Task<SuiteTexts, any Error>?

  init(_ workspace: SuiteWorkspace) {
    self.workspace = workspace
  }

  /// The suite as it was a second ago, or is now.
  func current() async throws -> SuiteTexts {
    if let reading { return try await reading.value }
    let now = ContinuousClock.now
    if let texts, let looked, now - looked < .seconds(1) { return texts }
    looked = now
    let found = Self.marks(of: files, in: workspace)
    if let texts, found == marks { return texts }
    let version = (texts?.version ?? 0) + 1
    let task = Task { [workspace] in
      try await Background.run { SuiteTexts(reading: workspace, version: version) }
    }
    reading = task
    defer { reading = nil }
    let read = try await task.value
    texts = read
    files = read.files(in: workspace)
    // As they were before the reading: what changed meanwhile is read again.
    marks = files == Set(found.keys) ? found : Self.marks(of: files, in: workspace)
    return read
  }

  /// The marks of files, and of whatever lies under `behaviors/`.
  private static func marks(
    of files: Set<String>, in workspace: SuiteWorkspace
  ) -> [String: FileMark] {
    var marks: [String: FileMark] = [:]
    let behaviors = workspace.folder.appendingPathComponent("behaviors").path
    let within = (try? FileManager.default.subpathsOfDirectory(atPath: behaviors)) ?? []
    for path in files.union(within.map { "\(behaviors)/\($0)" }) { marks[path] = FileMark(path) }
    return marks
  }
}
