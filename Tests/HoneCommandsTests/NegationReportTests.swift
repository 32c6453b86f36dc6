import Foundation
import HoneCommands
import Suites
import Testing
import Tuning

@Suite("Reports of labels that are ruled out, and of the population")
struct NegationReportTests {
  /// One behavior against false alarms; its first text used to be right, its last one is now.
  static func report() throws -> TestReport {
    let suite = try deal(
      Suite(
        folder: URL(fileURLWithPath: "/tmp/suite"),
        behaviors: [
          Behavior(
            name: "calm", requires: "", target: 0.8,
            examples: (0..<70).map {
              Example(input: "text \($0)", expected: .not("emergency"), declaredRoles: [.gate])
            }, location: SourceLocation(file: "behaviors/calm.yaml", line: 1, column: 1))
        ]), lock: nil
    ).0
    func replay(alarm: String, checkpoint: String) -> Replay {
      Replay(
        model: TestedModel(base: "base", checkpoint: checkpoint, engine: "engine"),
        replies: Replay.prompts(for: suite).map {
          .label($0.text == alarm ? "emergency" : "refill", probability: 0.9)
        }, suite: suite)
    }
    let baseline = Baseline(
      replay(alarm: "text 69", checkpoint: "one"), suite: suite, ledger: Ledger())
    return TestReport(
      Comparison(baseline, with: replay(alarm: "text 0", checkpoint: "two"), on: suite), of: suite,
      duration: .milliseconds(1))
  }

  @Test("What was expected is told, and what passed instead")
  func flips() throws {
    let report = try Self.report()
    let terminal = Terminal(isInteractive: false, usesColor: false, usesUnicode: true, width: 100)
    let lost = Example(input: "text 0", expected: .not("emergency")).id
    let gained = Example(input: "text 69", expected: .not("emergency")).id
    let text = TestText(report, terminal).lines
    #expect(text.contains("  − gate \(lost): `emergency` where not `emergency` is expected"))
    #expect(text.contains("  + gate \(gained): `refill`"))
    let junit = JUnitReport(report).text
    let quoted = "&apos;emergency&apos;"
    #expect(junit.contains("- gate \(lost): \(quoted) where not \(quoted) is expected: text 0"))
    let markdown = MarkdownReport(report).text
    #expect(markdown.contains("` emergency ` where not ` emergency ` is expected: ` text 0 `"))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(report), as: UTF8.self)
    #expect(json.contains(#""expected":{"not":"emergency"}"#))
    #expect(json.contains(#""reply":"refill""#))
  }

  /// Questions of two topics, and a behavior that borrows one of them; all by one generator.
  private func tool() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows.prefix(300))])
    #expect(
      try tool.run(
        "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label"
      ).status == 0)
    try tool.write(
      """
      hone: 1
      population: questions made for a test
      generator: a word list

      """, to: "suite/hone.yaml")
    try tool.write(
      """
      behavior: no-cooking
      requires: Nothing else is labelled cooking.
      target: 0.7
      expect: { not: cooking }
      examples: { of: others }

      """, to: "suite/behaviors/no-cooking.yaml")
    return tool
  }

  @Test("check and plan count what is borrowed; check names the population and its generator")
  func check() throws {
    let tool = try tool()
    let check = try tool.run("check", "suite")
    #expect(check.status == 0)
    try expectSnapshot(check.text, "check-negation")
    let plan = try tool.run("plan", "suite")
    #expect(plan.status == 0)
    try expectSnapshot(plan.text, "plan-negation")
  }

  @Test("train certifies both, and says of what; the certificate keeps the warning")
  func train() throws {
    let tool = try tool()
    let train = try tool.run("train", "suite")
    #expect(train.status == 0)
    #expect(train.text.contains("note: all examples of the suite were written by one generator"))
    #expect(train.text.contains("\nPopulation: questions made for a test\nWarning: all examples"))
    let certificate = try tool.text("suite/certificate.json")
    #expect(certificate.contains("\"caveats\" : ["))
    #expect(certificate.contains("\"population\" : \"questions made for a test\""))
    #expect(try tool.run("verify", "suite").status == 0)
    #expect(try tool.run("test", "suite").status == 0)
  }
}
