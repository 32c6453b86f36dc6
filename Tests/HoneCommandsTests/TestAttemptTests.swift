import Foundation
import Testing

/// `hone test --certify` and `--on`, with the embedded model.
@Suite("test: an attempt, and fresh data", .serialized)
struct TestAttemptTests {
  /// A suite of 800 easy texts, tuned for one round, with nothing attempted.
  private func tuned() throws -> (tool: Tool, checkpoint: String) {
    let tool = try Tool(files: [
      "messages.csv": SampleTexts.csv(SampleTexts.rows),
      "fresh.csv": SampleTexts.csv(Self.fresh(places: ["Bergen", "Cusco", "Osaka", "Hobart"])),
    ])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let trained = try object(
      try tool.run("train", "suite", "--no-attempt", "--rounds", "1", "--json").text)
    return (tool, try #require(trained["checkpoint"] as? String))
  }

  /// The texts of the sample, of other places and with other words around them.
  private static func fresh(places: [String]) -> [SampleTexts.Row] {
    let texts = Set(
      SampleTexts.rows.map { row in
        SampleTexts.Row(
          text: String(row.text.split(separator: " ").dropLast().joined(separator: " ")),
          label: row.label)
      }.map { "\($0.label)|\($0.text)" }
    ).sorted()
    return texts.enumerated().map { index, text in
      let parts = text.split(separator: "|").map(String.init)
      let place = places[index % places.count]
      return SampleTexts.Row(
        text: "a friend living near \(place) would like to know: \(parts[1])", label: parts[0])
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("In CI no attempt is charged in a checkout, unless hone.lock is kept")
  func continuousIntegration() throws {
    let (tool, checkpoint) = try tuned()
    let lock = try tool.text("suite/hone.lock")
    try tool.write("gitdir: elsewhere\n", to: ".git")
    let arguments = ["test", "suite", "--model", checkpoint, "--certify"]
    let refused = try tool.run(arguments: arguments, environment: ["CI": "true"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("hone.lock: no attempt is made in CI"))
    #expect(!refused.errors.contains("costs"))
    let train = ["train", "suite", "--rounds", "1"]
    let tuning = try tool.run(arguments: train, environment: ["CI": "1"])
    #expect(tuning.status == 1)
    #expect(tuning.errors.contains("note: in CI no new attempt is charged"))
    #expect(tuning.errors.contains("Error: FOLDER/suite/hone.lock: no attempt is made in CI"))
    #expect(try tool.text("suite/hone.lock") == lock)
    // What was stopped before its attempt is gone on with where one may be made.
    #expect(
      try tool.run("train", "suite", "--rounds", "1", "--dry-run").text.contains("go on with"))
    #expect(
      try tool.run(arguments: train + ["--keeps-ledger"], environment: ["CI": "true"]).status == 0)
    let replayed = try tool.run(
      arguments: ["test", "suite", "--certify"], environment: ["CI": "true"])
    #expect(replayed.status == 0, "a verdict on record is replayed")
  }

  @Test("Charged, certified, replayed; a foreign checkpoint and a read-only ledger are refused")
  func certify() throws {
    let (tool, checkpoint) = try tuned()
    // Nothing was certified and no baseline is there: the checkpoint has to be named.
    let certified = try tool.run("test", "suite", "--model", checkpoint, "--certify")
    #expect(certified.status == 0)
    #expect(
      certified.errors == """
        attempt 1 on the sealed examples of \(checkpoint) costs, before the first of them is looked at:
          level 0.0304 (k = 1): cooking, weather

        """)
    #expect(certified.text.contains("\nCertified by attempt 1: every behavior passes"))
    let lock = try tool.text("suite/hone.lock")
    #expect(lock.contains("      outcome: passed\n"))
    #expect(lock.contains("\nbaseline:\n"))
    #expect(try tool.run("verify", "suite").status == 0)
    #expect(try tool.run("test", "suite").status == 0)

    let certificate = try tool.text("suite/certificate.json")
    let again = try tool.run("test", "suite", "--certify", "--json")
    #expect(again.status == 0)
    #expect(again.errors.contains("its verdict is replayed, free."))
    let report = try object(again.text)
    let certification = try #require(report["certification"] as? [String: Any])
    #expect(certification["isReplayed"] as? Bool == true)
    #expect(try tool.text("suite/hone.lock") == lock)
    #expect(try tool.text("suite/certificate.json") == certificate)
    try refusals(tool, checkpoint, lock)
  }

  private func refusals(_ tool: Tool, _ checkpoint: String, _ lock: String) throws {
    // A copy of the checkpoint is the checkpoint; one of another content is not.
    try FileManager.default.copyItem(
      at: tool.url("suite/.hone/checkpoints/\(checkpoint)"), to: tool.url("copy"))
    #expect(try tool.run("test", "suite", "--model", "copy", "--certify").status == 0)
    let head = tool.url("copy/head.safetensors")
    var bytes = try Data(contentsOf: head)
    bytes[bytes.count - 2] ^= 1
    try bytes.write(to: head)
    let foreign = try tool.run("test", "suite", "--model", "copy", "--certify")
    #expect(foreign.status == 1)
    #expect(foreign.errors.contains("was not made by this suite"))
    #expect(try tool.text("suite/hone.lock") == lock)
  }

  @Test("What cannot be shown is refused in 3; a regressed checkpoint is not attempted, in 2")
  func refused() throws {
    let (tool, checkpoint) = try tuned()
    #expect(try tool.run("test", "suite", "--model", checkpoint, "--update-baseline").status == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: tool.url("suite/.hone/checkpoints").path)
    let base = try #require(names.first { $0 != checkpoint })
    let lock = try tool.text("suite/hone.lock")
    let regressed = try tool.run("test", "suite", "--model", base, "--certify")
    // The base labels these easy texts nearly as well: it is attempted where it has not regressed.
    if regressed.status == 2 {
      #expect(regressed.text.hasSuffix("accepts what is now as what to compare with.\n"))
      #expect(try tool.text("suite/hone.lock") == lock)
    } else {
      #expect(try tool.text("suite/hone.lock").contains("attempts:"))
    }

    let file = "suite/behaviors/weather.yaml"
    let yaml = try tool.text(file).replacing(
      /target: [0-9.]+\nhope: [0-9.]+/, with: "target: 0.999")
    try tool.write(yaml, to: file)
    let before = try tool.text("suite/hone.lock")
    let hopeless = try tool.run("test", "suite", "--model", checkpoint, "--certify")
    #expect(hopeless.status == 3)
    #expect(hopeless.errors.contains("no attempt is made, and nothing is spent"))
    #expect(hopeless.errors.contains("`weather` has "))
    #expect(try tool.text("suite/hone.lock") == before)
  }

  @Test("Fresh data: consistent, contradicted, rows of the suite told apart, nothing written")
  func fresh() throws {
    let (tool, checkpoint) = try tuned()
    #expect(try tool.run("test", "suite", "--model", checkpoint, "--certify").status == 0)
    let lock = try tool.text("suite/hone.lock")
    let cache = try contents(of: tool.url("suite/.hone/cache"))

    func look(_ file: String, _ more: String...) throws -> Tool.Output {
      try tool.run(
        arguments: ["test", "suite", "--on", file, "--input", "text", "--expected", "label"] + more)
    }
    let report = try object(
      try look("fresh.csv", "--margin", "0.2", "--undecided", "pass", "--json").text)
    #expect(report["verdict"] as? String != "contradicted")
    let behaviors = try #require(report["behaviors"] as? [[String: Any]])
    #expect(behaviors.map { $0["claimedBy"] as? String } == ["certificate", "certificate"])
    let rows = try #require(report["rows"] as? [String: Any])
    #expect(rows["usable"] as? Int == 100 && rows["known"] as? Int == 0)

    // The same texts with the labels exchanged.
    try tool.write(
      try tool.text("fresh.csv").split(separator: "\n").map { line in
        line.hasSuffix(",weather")
          ? line.replacing(",weather", with: ",cooking")
          : line.replacing(",cooking", with: ",weather")
      }.joined(separator: "\n") + "\n", to: "wrong.csv")
    let wrong = try look("wrong.csv", "--junit", "out.xml", "--markdown", "out.md")
    #expect(wrong.status == 2)
    #expect(wrong.text.hasSuffix("The claim is contradicted: cooking and weather.\n"))
    #expect(try tool.text("out.xml").contains("<failure message=\"contradicted: "))
    #expect(try tool.text("out.md").hasPrefix("### ❌ hone test ` suite ` on ` wrong.csv `"))

    // What the suite holds is no news, sealed or not, and is not asked about.
    let known = try look("messages.csv")
    #expect(known.status == 3)
    #expect(known.text.contains("0 fresh units and 800 that the suite has"))
    let unknown = try tool.run("test", "suite", "--on", "fresh.csv", "--input", "text")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("fresh.csv:1:1: there is no column 'expected'"))

    #expect(try tool.text("suite/hone.lock") == lock)
    #expect(try contents(of: tool.url("suite/.hone/cache")) == cache)
  }

  /// Names and sizes.
  private func contents(of folder: URL) throws -> [String: Int] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: folder.appendingPathComponent($0)).count)
      })
  }
}
