import Foundation
import GRDB
import Testing

/// `hone verify` with the embedded model: one thing after another is changed, and named.
@Suite("verify", .serialized)
struct VerifyCommandTests {
  private let tool: Tool
  /// The part of the file that is put back after each change.
  private let archive: URL

  init() throws {
    tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    archive = tool.url("suite/.hone/runs.sqlite")
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
  }

  /// Changes a file, verifies, and puts the file back.
  private func verify(_ path: String, _ change: (URL) throws -> Void) throws -> Tool.Output {
    let file = tool.url(path)
    let whole = try Data(contentsOf: file)
    defer { try? whole.write(to: file) }
    try change(file)
    return try tool.run("verify", "suite")
  }

  private func execute(_ sql: String, in file: URL) throws {
    let queue = try DatabaseQueue(path: file.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// What the archive is changed by, and what is said then; every other line holds.
  private func expectEvidence(_ sql: String, _ message: String) throws {
    let output = try verify("suite/.hone/runs.sqlite") { try execute(sql, in: $0) }
    #expect(output.status == 2)
    let lines = output.text.split(separator: "\n").filter { $0.contains("  differs  ") }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("evidence    differs  attempt 1, ") })
    #expect(output.text.contains(message), "\(output.text)")
    #expect(output.text.hasSuffix("Not everything is as it was certified.\n"))
    try expectSilence(output)
  }

  /// No sealed example is named.
  private func expectSilence(_ output: Tool.Output) throws {
    let queue = try DatabaseQueue(path: archive.path)
    let ids = try queue.read { try String.fetchAll($0, sql: "SELECT example FROM sealed_grades") }
    try queue.close()
    #expect(ids.count > 100)
    for id in ids { #expect(!output.text.contains(id) && !output.errors.contains(id)) }
  }

  @Test(
    "The evidence: a bit of a grade, a margin, a row, a claim; the archive damaged or elsewhere")
  func evidence() throws {
    // The journal is folded in, so that the file is all there is.
    try execute("PRAGMA user_version = 0", in: archive)
    let whole = try tool.run("verify", "suite")
    #expect(whole.status == 0)
    #expect(
      whole.text.contains(
        "evidence    holds    counted again, the grades of attempt 1 pass each test, and are those "
          + "that hone.lock names\n"))
    try expectSilence(whole)

    let one =
      "WHERE behavior = 'cooking' AND example = (SELECT max(example) FROM sealed_grades "
      + "WHERE behavior = 'cooking')"
    try expectEvidence(
      "UPDATE sealed_grades SET passed = 1 - passed \(one)",
      "`cooking`: what .hone/runs.sqlite keeps is not what was graded")
    try expectEvidence(
      "UPDATE sealed_grades SET margin = margin + 1e-15 \(one)", "`cooking`: what .hone/runs.sqlite"
    )
    try expectEvidence("DELETE FROM sealed_grades \(one)", "`cooking`: ")
    try expectEvidence(
      "UPDATE claims SET maximum_failures = maximum_failures + 1 WHERE behavior = 'weather'",
      "in .hone/runs.sqlite: it claims something else of `weather`")
    try expectEvidence(
      "UPDATE attempts SET outcome = 'failed'", "its verdict is another than in hone.lock")

    let torn = try verify("suite/.hone/runs.sqlite") { file in
      var bytes = try Data(contentsOf: file)
      bytes.replaceSubrange(4096..<bytes.count, with: Data(count: bytes.count - 4096))
      try bytes.write(to: file)
    }
    #expect(torn.status == 2)
    #expect(torn.text.contains("evidence    differs  .hone/runs.sqlite is damaged: "))
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: archive.path + suffix)
    }
    let elsewhere = try tool.run("verify", "suite")
    #expect(elsewhere.status == 0)
    #expect(elsewhere.text.contains("evidence    missing  .hone/runs.sqlite is not here"))
    #expect(elsewhere.text.hasSuffix("are not here to be counted again.\n"))
    #expect(!FileManager.default.fileExists(atPath: archive.path))
    let json = try tool.run("verify", "suite", "--json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
    #expect(report["holds"] as? Bool == true)
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.last?["part"] as? String == "evidence" && findings.last?["holds"] == nil)
  }

  @Test("A claim, a byte of the weights, an example: each is named by what it is")
  func others() throws {
    let claim = try verify("suite/certificate.json") { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(
        text.replacing(/"maximumFailures" : (\d+)/) { "\"maximumFailures\" : 1\($0.1)" }.utf8
      )
      .write(to: file)
    }
    #expect(claim.status == 2)
    #expect(claim.text.contains("claims      differs  `cooking`: hone.lock has other numbers"))

    let folder = "suite/.hone/checkpoints"
    let certificate = try tool.text("suite/certificate.json")
    let id = try #require(
      try FileManager.default.contentsOfDirectory(atPath: tool.url(folder).path)
        .first { certificate.contains($0) })
    let weights = try verify("\(folder)/\(id)/head.safetensors") { file in
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count - 7] ^= 1
      try bytes.write(to: file)
    }
    #expect(weights.status == 2)
    #expect(
      weights.text.contains(
        "checkpoint  differs  the files of .hone/checkpoints/\(id) have changed"))

    let examples = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: tool.url("suite/behaviors").path)
        .first { $0.contains("weather") && !$0.hasSuffix(".yaml") })
    let suite = try verify("suite/behaviors/\(examples)") { file in
      var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      lines[20] = Substring(
        lines[20].replacing("rain", with: "rein").replacing(" in ", with: " of "))
      lines[21] = Substring(
        lines[21].replacing("snow", with: "snew").replacing("rain", with: "rein"))
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    #expect(suite.status == 2)
    #expect(suite.text.contains("suite       differs  "))
    #expect(
      suite.text.contains("`weather`: new or changed: behaviors/\(examples):2"), "\(suite.text)")
    #expect(try tool.run("verify", "suite").status == 0)
  }
}
