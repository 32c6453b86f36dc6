import Foundation
import Testing

@Suite("test", .serialized)
struct TestCommandTests {
  /// A suite of 800 easy texts, certified, and beside it a checkpoint that has learned recipes and
  /// leftovers as weather.
  private func certified() throws -> (tool: Tool, worse: String) {
    let tool = try Tool(files: [
      "messages.csv": SampleTexts.csv(SampleTexts.rows),
      "wrong.csv": SampleTexts.csv(
        SampleTexts.rows.map { row in
          isMislearned(row.text) ? SampleTexts.Row(text: row.text, label: "weather") : row
        }),
    ])
    for (suite, file) in [("suite", "messages.csv"), ("other", "wrong.csv")] {
      _ = try tool.run(
        "init", suite, "--from", file, "--input", "text", "--expected", "label")
    }
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    let trained = try object(
      try tool.run("train", "other", "--no-attempt", "--rounds", "1", "--json").text)
    let checkpoint = try #require(trained["checkpoint"] as? String)
    return (tool, "other/.hone/checkpoints/\(checkpoint)")
  }

  private func isMislearned(_ text: String) -> Bool {
    text.hasPrefix("recipe") || text.hasPrefix("leftover")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("From a certificate to a regression that is found, and to a new baseline")
  func wholeWay() throws {
    let (tool, worse) = try certified()
    let lock = try tool.text("suite/hone.lock")
    #expect(lock.contains("\nbaseline:\n"))

    // The certified checkpoint, twice: the second time from the cache alone.
    #expect(try tool.run("test", "suite").status == 0)
    let same = try tool.run("test", "suite", environment: ["HONE_MODELS": ""])
    #expect(same.status == 0)
    #expect(same.errors == "")
    #expect(same.text.hasSuffix("No regression: 2 behaviors pass.\n"))
    #expect(try tool.text("suite/hone.lock") == lock)

    let regressed = try tool.run(
      "test", "suite", "--model", worse, "--junit", "out.xml", "--markdown", "out.md", "--json")
    #expect(regressed.status == 2)
    let report = try object(regressed.text)
    #expect(report["verdict"] as? String == "regressed")
    let behaviors = try #require(report["behaviors"] as? [[String: Any]])
    #expect(behaviors.map { $0["behavior"] as? String } == ["cooking", "weather"])
    #expect(behaviors[0]["verdict"] as? String == "regressed")
    let flips = try #require(behaviors[0]["flips"] as? [[String: Any]])
    let lost = flips.filter { $0["passes"] as? Bool == false }
    #expect(lost.count > 60)
    #expect(try lost.allSatisfy { isMislearned(try #require($0["text"] as? String)) })
    #expect(lost.allSatisfy { $0["reply"] as? String == "weather" })
    #expect(flips.allSatisfy { $0["role"] as? String != "sealed" })
    #expect(try tool.text("out.xml").contains("<failure message=\"regressed: "))
    #expect(try tool.text("out.md").contains("Regressed: ` cooking `"))

    let updated = try tool.run("test", "suite", "--model", worse, "--update-baseline")
    #expect(updated.status == 0)
    #expect(updated.text.hasSuffix("The baseline in hone.lock is replaced by this; commit it.\n"))
    #expect(try tool.run("test", "suite", "--model", worse).status == 0)
    // What is certified is better than that baseline.
    #expect(try tool.run("test", "suite", "--undecided", "pass").status == 0)
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    #expect(try tool.text("suite/hone.lock") == lock, "a certificate brings its baseline back")
    try verify(tool)
  }

  /// The certificate holds, until one byte of the weights is another.
  private func verify(_ tool: Tool) throws {
    let whole = try tool.run("verify", "suite/certificate.json")
    #expect(whole.status == 0)
    #expect(whole.text.hasSuffix("The certificate speaks of what is here.\n"))
    let certificate = try object(try tool.text("suite/certificate.json"))
    let model = try #require(certificate["model"] as? [String: Any])
    let id = try #require(model["checkpoint"] as? String)
    let head = tool.url("suite/.hone/checkpoints/\(id)/head.safetensors")
    var bytes = try Data(contentsOf: head)
    bytes[bytes.count - 2] ^= 1
    try bytes.write(to: head)
    let changed = try tool.run("verify", "suite")
    #expect(changed.status == 2)
    #expect(
      changed.text.contains(
        "checkpoint  differs  the files of .hone/checkpoints/\(id) have changed"))
    #expect(try tool.run("verify", "other").errors.contains("there is no certificate"))
  }

  @Test("Without a baseline, without a checkpoint, and with files that cannot be written")
  func errors() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let none = try tool.run("test", "suite")
    #expect(none.status == 1)
    try expectSnapshot(none.errors, "test-no-baseline")
    _ = try tool.run("train", "suite", "--quiet", "--no-attempt", "--rounds", "0")
    let nothing = try tool.run("test", "suite", "--update-baseline")
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("no checkpoint was certified or tuned here"))
    let unknown = try tool.run("test", "suite", "--update-baseline", "--model", "0123")
    #expect(unknown.errors.contains("checkpoint 0123 is not on this machine"))
    let folder = try tool.run("test", "suite", "--update-baseline", "--model", "suite/behaviors")
    #expect(folder.errors.contains("so this is no checkpoint. Name a folder below"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: tool.url("suite/.hone/checkpoints").path)
    let base = try #require(names.first)
    let first = try tool.run("test", "suite", "--update-baseline", "--model", base)
    #expect(first.status == 0)
    #expect(first.text.hasSuffix("Recorded as the first baseline, in hone.lock; commit it.\n"))
    for (path, reason) in [
      ("suite", "suite: there is something here that is no file."),
      ("missing/out.xml", "missing/out.xml: the report cannot be written (No such file"),
    ] {
      let output = try tool.run("test", "suite", "--junit", path)
      #expect(output.status == 1)
      #expect(output.errors.contains(reason))
    }
  }
}
