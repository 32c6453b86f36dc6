import Foundation
import Testing

@Suite("plan")
struct PlanCommandTests {
  /// Behaviors of one label each, with as many different texts.
  private static func suite(behaviors: Int, texts: Int, target: String) -> [String: String] {
    var files = ["suite/hone.yaml": "hone: 1\npopulation: made for a test\n"]
    for behavior in 0..<behaviors {
      let name = "requirement-\(behavior + 100)"
      files["suite/behaviors/\(name).yaml"] = """
        requires: Texts of group \(behavior) get their label.
        target: \(target)
        expect: label-\(behavior)
        examples: \(name).jsonl

        """
      files["suite/behaviors/\(name).jsonl"] = (0..<texts).map { text in
        // Six-letter words of the number itself: no two texts look alike.
        let words = (1...6).map { word in
          String(behavior * 7919 + text * 104_729 + word * 15_485_863, radix: 26)
        }
        return "{\"input\": \"\(words.joined(separator: " "))\"}\n"
      }.joined()
    }
    return files
  }

  private func json(_ tool: Tool, _ arguments: String...) throws -> [String: Any] {
    let text =
      arguments.isEmpty
      ? try tool.run("plan", "suite", "--json").text
      : try tool.run("plan", "suite", "--json", arguments[0], arguments[1]).text
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("150 behaviors: both tables and the JSON say the same of each")
  func many() throws {
    let tool = try Tool(files: Self.suite(behaviors: 150, texts: 60, target: "0.7"))
    let plan = try tool.run("plan", "suite", environment: ["COLUMNS": "80"])
    #expect(plan.errors == "")
    let lines = plan.text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    let object = try json(tool)
    let behaviors = try #require(object["behaviors"] as? [[String: Any]])
    #expect(behaviors.count == 150)
    #expect(plan.status == (object["isFeasible"] as? Bool == true ? 0 : 3))
    for behavior in behaviors {
      let name = try #require(behavior["behavior"] as? String)
      let rows = lines.filter { $0.hasPrefix(name + " ") }
      #expect(rows.count == 2, "\(name)")
      let units = try #require(behavior["sealedUnits"] as? Int)
      #expect(rows.first?.split(separator: " ")[3] == "\(units)")
    }
    let product = behaviors.reduce(1.0) { $0 * ($1["power"] as? Double ?? .nan) }
    #expect(abs(product - (object["jointPower"] as? Double ?? .nan)) < 1e-12)
  }

  @Test("The whole of a plan, wide and narrow")
  func snapshots() throws {
    let tool = try Tool(files: Self.suite(behaviors: 2, texts: 220, target: "0.85"))
    for columns in ["80", "100"] {
      let plan = try tool.run("plan", "suite", environment: ["COLUMNS": columns])
      #expect(plan.status == 0)
      try expectSnapshot(plan.text, "plan-\(columns)")
    }
  }

  @Test("The JSON has all of it")
  func keys() throws {
    let tool = try Tool(files: Self.suite(behaviors: 2, texts: 220, target: "0.85"))
    let plan = try json(tool)
    #expect(
      plan.keys.sorted() == [
        "advice", "behaviors", "calls", "confidence", "isFeasible", "jointPower", "jointPowers",
        "leastJointPower", "rowsRepeated", "rowsSetAside",
      ])
    let behavior = try #require((plan["behaviors"] as? [[String: Any]])?.first)
    #expect(
      behavior.keys.sorted() == [
        "attempt", "behavior", "confidenceForPower", "confidenceWithoutFailure", "gate", "hope",
        "level", "levels", "maximumFailures", "meanUnitsCurtailed", "meanUnitsSequential",
        "missingUnits", "power", "powers", "sealedUnits", "showableTarget", "target",
        "unitsForPower", "unitsWithoutFailure",
      ])
    let gate = try #require(behavior["gate"] as? [String: Any])
    #expect(
      gate.keys.sorted() == [
        "devUnits", "gateUnits", "level", "margin", "powerWithChurn", "powerWithoutChurn",
        "servedByDev", "units", "unitsForPower", "unitsToShowNoWorse",
      ])
    let calls = try #require(plan["calls"] as? [String: Any])
    #expect(
      calls.keys.sorted() == [
        "devUnits", "embeddingSeconds", "expected", "rounds", "sealedUnits", "textsPerSecond",
        "textsToEmbed", "worst",
      ])
  }

  @Test("The rate sets the time, and a lock makes advice one for new examples")
  func rateAndLock() throws {
    let tool = try Tool(files: Self.suite(behaviors: 1, texts: 220, target: "0.9"))
    let calls = try #require(try json(tool, "--rate", "10")["calls"] as? [String: Any])
    #expect(calls["embeddingSeconds"] as? Double == 22)
    #expect(try tool.run("plan", "suite").text.contains("There is no hone.lock yet"))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/hone.lock").path))
    _ = try tool.run("train", "suite", "--no-attempt", "--rounds", "0", "--quiet")
    #expect(try tool.run("plan", "suite").text.contains("applies to new examples only"))
    #expect(try tool.run("plan", "suite", "--rate", "0").status == 64)
  }
}
