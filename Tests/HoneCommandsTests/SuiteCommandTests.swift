import Foundation
import Testing

@Suite("init, check and plan")
struct SuiteCommandTests {
  /// Texts as a language model writes them to a file: prose between the rows, repeats, a broken
  /// end, and one text with two labels.
  private static let dirty: String = {
    func line(_ row: SampleTexts.Row, _ label: String? = nil) -> String {
      "{\"question\": \"\(row.text)\", \"answer\": {\"label\": \"\(label ?? row.label)\", "
        + "\"prescription\": \"_P_\"}}\n"
    }
    let rows = SampleTexts.rows.prefix(120)
    return "Here are your examples:\n\n" + rows.map { line($0) }.joined()
      + rows.prefix(40).map { line($0) }.joined() + line(rows[3], "weather")
      + line(rows[3], "cooking") + "{\"question\": \"cut off, \"ans"
  }()

  private static let dirtySuite = [
    "suite/hone.yaml": "hone: 1\npopulation: questions made for a test\nclaims: { target: 0.8 }\n",
    "suite/behaviors/topic.yaml": """
    behavior: topic
    requires: A question is labelled with its topic.
    examples: topic.jsonl
    fields: { input: question, expected: answer.label }

    """,
    "suite/behaviors/topic.jsonl": dirty,
  ]

  @Test("A starter suite is sound but for its few examples")
  func starter() throws {
    let tool = try Tool()
    try expectSnapshot(try tool.run("init", "suite").text, "init")
    let check = try tool.run("check", "suite")
    #expect(check.status == 1)
    try expectSnapshot(check.text, "check-starter")
    let plan = try tool.run("plan", "suite")
    #expect(plan.status == 3)
    try expectSnapshot(plan.text, "plan-starter")
  }

  @Test("A CSV becomes a suite whose targets its rows can show")
  func fromCSV() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows.prefix(300))])
    let made = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(made.status == 0)
    try expectSnapshot(made.text, "init-from")
    let check = try tool.run("check", "suite")
    #expect(check.status == 0)
    try expectSnapshot(check.text, "check")
    let plan = try tool.run("plan", "suite")
    #expect(plan.status == 0)
    try expectSnapshot(plan.text, "plan")
    let again = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(again.status == 1)
    try expectSnapshot(again.errors, "init-twice")
  }

  @Test("A column that is not there is named, with those that are")
  func missingColumn() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows.prefix(3))])
    let output = try tool.run("init", "suite", "--from", "messages.csv", "--expected", "lable")
    #expect(output.status == 1)
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite").path))
    try expectSnapshot(output.errors, "init-missing-column")
  }

  @Test("A long name is cut where it stands in a table")
  func longName() throws {
    let tool = try Tool(files: Self.dirtySuite)
    try tool.write(
      """
      behavior: \(String(repeating: "wide 名前 ", count: 20))
      requires: r
      examples: [{ input: one, expected: a }, { input: two, expected: b }]

      """, to: "suite/behaviors/topic.yaml")
    for command in ["check", "plan"] {
      let lines = try tool.run(command, "suite").text.split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("wide 名前 wide 名前 wide 名前 wide 名前…  ") })
    }
  }

  @Test("Dirty rows stop everything, with every place named")
  func dirtyRefused() throws {
    let tool = try Tool(files: Self.dirtySuite)
    for command in ["check", "plan", "train"] {
      let output = try tool.run(command, "suite")
      #expect(output.status == 1)
      try expectSnapshot(output.errors, "dirty-refused")
    }
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/hone.lock").path))
  }

  @Test("A thousand rows set aside are told, and how many more there are")
  func manySetAside() throws {
    let tool = try Tool(files: Self.dirtySuite)
    try tool.write(try tool.text("suite/hone.yaml") + "on_bad_row: skip\n", to: "suite/hone.yaml")
    let rows = try tool.text("suite/behaviors/topic.jsonl")
    try tool.write(
      String(repeating: "nonsense\n", count: 1_200) + rows, to: "suite/behaviors/topic.jsonl")
    let check = try tool.run("check", "suite")
    #expect(check.text.ranges(of: ": set aside: ").count == 1_000)
    #expect(check.text.contains("\nand 206 more rows set aside (all with --json)\n"))
    #expect(check.text.contains("1206 set aside."))
    let json = try tool.run("check", "suite", "--json")
    #expect(json.text.ranges(of: "\"set aside: ").count == 1_206)
  }

  @Test("What this version leaves out is told once")
  func notesOnce() throws {
    let tool = try Tool(files: Self.dirtySuite)
    try tool.write(
      "hone: 1\nclaims: { target: 0.8, design: sequential }\non_bad_row: skip\n",
      to: "suite/hone.yaml")
    for arguments in [["check", "suite"], ["check", "suite", "--json"]] {
      let output = try tool.run(arguments: arguments)
      #expect(output.text.ranges(of: "is not in this version of Hone").count == 1)
    }
  }

  @Test("A base model that nobody knows is an error, one that is not installed a warning")
  func baseModel() throws {
    let tool = try Tool(files: Self.dirtySuite)
    let settings = try tool.text("suite/hone.yaml") + "on_bad_row: skip\n"
    try tool.write(settings, to: "suite/hone.yaml")
    let missing = try tool.run("check", "suite", environment: ["HONE_MODELS": "/nonexistent"])
    #expect(missing.status == 0)
    #expect(
      missing.text.contains(
        "hone.yaml: warning: the base model 'minilm' is not installed on this machine: there is no "
          + "/nonexistent/minilm. Run `make setup`"))
    try tool.write(settings + "model: { base: gpt-4 }\n", to: "suite/hone.yaml")
    let unknown = try tool.run("check", "suite")
    #expect(unknown.status == 1)
    #expect(
      unknown.text.contains("hone.yaml: error: there is no base model 'gpt-4'. Known: minilm, or"))
  }

  @Test("A suite with one label is an error, and train refuses it")
  func oneLabel() throws {
    let rows = SampleTexts.rows.filter { $0.label == "weather" }
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let check = try tool.run("check", "suite")
    #expect(check.status == 1)
    #expect(check.text.contains("error: the whole suite expects 'weather' and nothing else"))
    let train = try tool.run("train", "suite")
    #expect(train.status == 1)
    #expect(train.errors.contains("is labelled 'weather': there is nothing to tell apart"))
  }

  @Test("No target that guessing reaches is proposed, and labels that are texts are doubted")
  func tooFew() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows.prefix(60))])
    let made = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    try expectSnapshot(made.text, "init-too-few")
    #expect(!(try tool.text("suite/behaviors/cooking.yaml").contains("target:")))
    #expect(try tool.text("suite/behaviors/weather.yaml").contains("target: 0.6\n"))
    let rows = (0..<6).map { SampleTexts.Row(text: "text \($0)", label: "label \($0)") }
    try tool.write(SampleTexts.csv(rows), to: "unique.csv")
    let unique = try tool.run(
      "init", "unique", "--from", "unique.csv", "--input", "text", "--expected", "label")
    #expect(
      unique.text.contains(
        "\nwarning: 6 of 6 labels have a single row. Does --expected name the right column?\n"))
  }

  @Test("on_bad_row: skip sets them aside, and every output counts them")
  func dirtySkipped() throws {
    let tool = try Tool(files: Self.dirtySuite)
    try tool.write(try tool.text("suite/hone.yaml") + "on_bad_row: skip\n", to: "suite/hone.yaml")
    let check = try tool.run("check", "suite")
    try expectSnapshot(check.text, "check-dirty")
    try expectSnapshot(try tool.run("plan", "suite").text, "plan-dirty")
    let train = try tool.run("train", "suite", "--no-attempt", "--rounds", "1")
    #expect(train.text.contains("6 rows set aside"))
    #expect(train.text.contains("39 repeated rows counted once"))
    for arguments in [["check", "suite"], ["plan", "suite"], ["train", "suite"]] {
      let json = try tool.run(arguments[0], arguments[1], "--json").text
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      #expect(object?["rowsSetAside"] as? Int == 6, "\(arguments[0])")
    }
  }
}
