import Foundation
import Testing

/// The suites that `make bench-test` measures, in small.
@Suite("Large suites, made up")
struct LargeSuiteTests {
  private func write(_ tool: Tool, _ name: String, seed: Int) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("scripts/large-suite")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", script.path, tool.url(name).path, "--behaviors", "5", "--examples", "300",
      "--seed",
      "\(seed)",
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test("The same seed gives the same suite; it is tuned, recorded and tested")
  func wholeWay() throws {
    let tool = try Tool()
    try write(tool, "suite", seed: 7)
    try write(tool, "same", seed: 7)
    try write(tool, "other", seed: 8)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: tool.url("suite/behaviors").path)
    #expect(names.count == 10)
    for name in names {
      #expect(try tool.text("suite/behaviors/\(name)") == tool.text("same/behaviors/\(name)"))
    }
    let file = "behaviors/\(try #require(names.sorted().first))"
    #expect(try tool.text("suite/\(file)") != tool.text("other/\(file)"))

    let trained = try tool.run("train", "suite", "--no-attempt", "--rounds", "1", "--json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(trained.text.utf8)) as? [String: Any])
    let checkpoint = try #require(report["checkpoint"] as? String)
    #expect(
      try tool.run("test", "suite", "--update-baseline", "--model", checkpoint).status == 0)
    #expect(try tool.run("test", "suite").status == 0)
    // Nothing flipped, and nothing was computed: no model is there to ask.
    let again = try tool.run("test", "suite", environment: ["HONE_MODELS": ""])
    #expect(again.status == 0)
    #expect(again.text.hasSuffix("No regression: 5 behaviors pass.\n"))
  }
}
