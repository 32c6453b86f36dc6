import Foundation
import Testing

@Suite("simulate")
struct SimulateCommandTests {
  /// A suite of two labels, 400 texts each.
  private static func tool() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    return tool
  }

  @Test("A truth above the targets: power as planned, and a picture")
  func above() throws {
    let tool = try Self.tool()
    let output = try tool.run("simulate", "suite", "--truth", "0.97", "--runs", "400")
    #expect(output.status == 0)
    try expectSnapshot(output.text, "simulate")
    #expect(output.errors.contains("simulating 400/400 runs"))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/hone.lock").path))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/.hone").path))
  }

  @Test("A behavior that comes to its target and never above: every certificate is false")
  func atTarget() throws {
    let tool = try Self.tool()
    let plan = try tool.run("simulate", "suite", "--runs", "1", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(plan.text.utf8)) as? [String: Any]
    let rows = try #require(object?["behaviors"] as? [[String: Any]])
    let target = try #require(rows.first?["target"] as? Double)
    let arguments = [
      "simulate", "suite", "--truth", "cooking=0.5,0.7,\(target)", "--truth", "1", "--runs", "500",
      "--rounds", "20", "--correlation", "0.3",
    ]
    let output = try tool.run(arguments: arguments, environment: ["LC_ALL": "C"])
    #expect(output.status == 0)
    try expectSnapshot(output.text, "simulate-at-target")
  }

  @Test("Heads that stay below the target, and a rung that lifts them")
  func climbing() throws {
    let output = try Self.tool().run(
      "simulate", "suite", "--truth", "0.5,0.7", "--truth", "lora:0.9,0.98", "--truth",
      "cooking=lora:0.97", "--truth", "full:0.99", "--runs", "400")
    #expect(output.status == 0)
    try expectSnapshot(output.text, "simulate-climbing")
  }

  @Test("Fresh sealed examples are used up")
  func fresh() throws {
    let output = try Self.tool().run(
      arguments: [
        "simulate", "suite", "--truth", "0.9", "--runs", "300", "--sealed", "fresh", "--seed", "3",
      ])
    #expect(output.status == 0)
    try expectSnapshot(output.text, "simulate-fresh")
  }

  @Test("The same numbers on any number of threads")
  func threads() throws {
    let tool = try Self.tool()
    let outputs = try ["1", "2", "5"].map {
      try tool.run(
        arguments: [
          "simulate", "suite", "--truth", "0.9", "--runs", "100", "--json", "--threads", $0,
        ])
    }
    #expect(outputs.allSatisfy { $0.status == 0 && $0.errors == "" })
    #expect(Set(outputs.map(\.text)).count == 1)
  }

  @Test("A plan that cannot succeed is not simulated at length")
  func infeasible() throws {
    let tool = try Tool()
    _ = try tool.run("init", "suite")
    let output = try tool.run("simulate", "suite", "--runs", "10")
    #expect(output.status == 0)
    try expectSnapshot(output.text, "simulate-infeasible")
  }

  @Test("Bad truths end in 64 and say what is meant")
  func badTruths() throws {
    let tool = try Self.tool()
    let truths = [
      "1.2", "cooking", "cooking=", "0.7,,0.9", "cokking=0.9", "nan", "loar:0.9", "head:0.9",
    ]
    var errors = ""
    for truth in truths {
      let output = try tool.run("simulate", "suite", "--truth", truth)
      #expect(output.status == 64)
      #expect(output.text == "")
      errors += (output.errors.split(separator: "\n").first.map(String.init) ?? "") + "\n"
    }
    let twice = try tool.run("simulate", "suite", "--truth", "1", "--truth", "0.9")
    #expect(twice.status == 64)
    try tool.write(
      tool.text("suite/hone.yaml").replacing("[head, lora, full]", with: "[head, lora]"),
      to: "suite/hone.yaml")
    let notClimbed = try tool.run("simulate", "suite", "--truth", "full:0.9")
    #expect(notClimbed.status == 64)
    errors += (notClimbed.errors.split(separator: "\n").first.map(String.init) ?? "") + "\n"
    try expectSnapshot(errors, "simulate-bad-truths")
  }
}
