import Foundation
import Reports
import Suites
import Testing
import Tuning

/// A run as it was recorded: four rounds on three behaviors, without a certificate.
enum RecordedRun {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")
  static let folder = fixtures.appendingPathComponent("runs/router", isDirectory: true)

  static func events() throws -> [StampedEvent] {
    try String(contentsOf: folder.appendingPathComponent("events.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try StampedEvent(line: String($0)) }
  }

  static func suite() throws -> DealtSuite {
    let suite = try Suite.read(folder: folder)
    return try deal(suite, lock: try SuiteLock.read(from: suite.lockFile)).0
  }

  static func report() throws -> RunReport {
    RunReport(
      number: 1, isClosed: true, events: try events(),
      context: RunReport.Context(suite: try suite(), folder: folder))
  }
}

/// Compares a text with `Tests/Fixtures/reports/<name>`, whole.
///
/// With `HONE_RECORD=1` in the environment the file is written anew; review the difference.
func expectReport(
  _ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
  let file = RecordedRun.fixtures.appendingPathComponent("reports/\(name)")
  if ProcessInfo.processInfo.environment["HONE_RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
  }
  let recorded = try String(contentsOf: file, encoding: .utf8)
  #expect(text == recorded, "differs from \(name)", sourceLocation: sourceLocation)
}
