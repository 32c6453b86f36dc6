import Foundation
import Testing

@Suite("reveal-sealed, and train --seeds", .serialized)
struct RevealAndSeedsTests {
  private func suite() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    return tool
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// How many keys `hone.lock` has in each role.
  private func roles(_ tool: Tool) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for line in try tool.text("suite/hone.lock").split(separator: "\n") {
      if let role = line.wholeMatch(of: #/  [0-9a-f]{16}: ([a-z]+)/#)?.1 {
        counts[String(role), default: 0] += 1
      }
    }
    return counts
  }

  @Test("All of a behavior's sealed set or none; told before, for good afterwards")
  func reveals() throws {
    let tool = try suite()
    // The roles are on disk once something has run.
    _ = try tool.run("train", "suite", "--no-attempt", "--rounds", "0", "--quiet")
    let before = try roles(tool)
    let lock = try tool.text("suite/hone.lock")

    let told = try tool.run("reveal-sealed", "cooking", "suite")
    #expect(told.status == 3)
    let count = try #require(
      told.text.firstMatch(of: /Would move (\d+) sealed units of cooking to dev, for good\./)?.1)
    #expect(told.text.hasSuffix("Nothing was moved: --yes does it.\n"))
    #expect(try tool.text("suite/hone.lock") == lock)

    let moved = try tool.run("reveal-sealed", "cooking", "suite", "--yes")
    #expect(moved.status == 0)
    #expect(
      moved.text.hasPrefix("Moved \(count) sealed units of cooking to dev; commit hone.lock.\n"))
    let after = try roles(tool)
    let sealed = try #require(before["sealed"]) - #require(after["sealed"])
    #expect(try #require(after["dev"]) - #require(before["dev"]) == sealed && sealed > 100)
    #expect(after["train"] == before["train"] && after["gate"] == before["gate"])

    let again = try tool.run("reveal-sealed", "cooking", "suite", "--yes")
    #expect(again.status == 3)
    #expect(again.text == "cooking has no sealed example.\n")
    // Nothing can be shown of it without new examples, and the rest is as it was.
    let check = try tool.run("check", "suite")
    #expect(check.status == 1)
    #expect(check.text.contains("'cooking' has 0 sealed units"))
    #expect(!check.text.contains("'weather' has 0"))

    let unknown = try tool.run("reveal-sealed", "cokking", "suite", "--yes")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("there is no behavior 'cokking'. Did you mean 'cooking'?"))
    #expect(try tool.run("reveal-sealed").status == 64)
  }

  @Test("What attempts saw is drawn once all of the set is revealed, and not before")
  func evidenceOfRevealed() throws {
    let tool = try suite()
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    func revealed() throws -> [String: [[String: Any]]] {
      let report = try object(try tool.run("report", "suite", "1", "--format", "json").text)
      let rows = try #require(report["behaviors"] as? [[String: Any]])
      return Dictionary(
        uniqueKeysWithValues: rows.map {
          ($0["behavior"] as? String ?? "", $0["revealed"] as? [[String: Any]] ?? [])
        })
    }
    func page() throws -> String {
      _ = try tool.run("report", "suite", "1")
      return try tool.text("suite/.hone/report-1.html")
    }
    #expect(try revealed().values.allSatisfy(\.isEmpty))
    #expect(!(try page().contains("revealed since")))

    let lock = try tool.text("suite/hone.lock")
    #expect(try tool.run("reveal-sealed", "cooking", "suite", "--yes").status == 0)
    let open = try revealed()
    #expect(open["weather"]?.isEmpty == true)
    let path = try #require(open["cooking"]?.first)
    #expect(open["cooking"]?.count == 1 && path["attempt"] as? Int == 1)
    let units = try #require(path["units"] as? Int)
    let drawn = try #require((path["path"] as? [String: Any])?["units"] as? [Int])
    #expect(units > 100 && drawn.last == units)
    let text = try page()
    #expect(text.contains("Evidence on the sealed set of attempt 1, revealed since"))
    #expect(text.contains("Its sealed set was revealed since attempt 1"))

    // With a part of it open, nothing is drawn.
    let key = try #require(lock.split(separator: "\n").first { $0.hasSuffix(": sealed") })
    try tool.write(
      lock.replacing(key, with: key.replacing(": sealed", with: ": dev")), to: "suite/hone.lock")
    #expect(try revealed().values.allSatisfy(\.isEmpty))
    #expect(!(try page().contains("revealed since")))
  }

  @Test("Several seeds: a claim about the recipe, on dev, and no attempt")
  func seeds() throws {
    let tool = try suite()
    let output = try tool.run("train", "suite", "--seeds", "2", "--rounds", "1", "--json")
    #expect(output.status == 0 && output.errors == "")
    let report = try object(output.text)
    #expect(report["claim"] as? String == "recipe" && report["role"] as? String == "dev")
    let seeds = try #require(report["seeds"] as? [Int])
    #expect(seeds.count == 2 && seeds[1] == seeds[0] + 1)
    let behaviors = try #require(report["behaviors"] as? [[String: Any]])
    #expect(behaviors.map { $0["behavior"] as? String } == ["cooking", "weather"])
    for behavior in behaviors {
      let rates = try #require(behavior["rates"] as? [Double])
      #expect(rates.count == 2 && rates.allSatisfy { $0 > 0.9 })
      #expect(abs(try #require(behavior["mean"] as? Double) - rates.reduce(0, +) / 2) < 1e-12)
      let (low, high) = (rates.min()!, rates.max()!)
      let deviation = try #require(behavior["standardDeviation"] as? Double)
      #expect(abs(deviation - (high - low) / 2.0.squareRoot()) < 1e-12)
    }
    #expect(!(try tool.text("suite/hone.lock").contains("attempts:")))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/certificate.json").path))

    // Both are runs of their own, and a seed's is gone on with, not made twice.
    let text = try tool.run("train", "suite", "--seeds", "2", "--rounds", "1", "--quiet")
    #expect(text.status == 0)
    #expect(text.text.contains("cooking") && text.text.contains("sd"))
    let history = try object(try tool.run("history", "suite", "--json").text)
    let runs = try #require(history["runs"] as? [[String: Any]])
    #expect(runs.allSatisfy { ($0["attempts"] as? [Any])?.isEmpty == true })
    #expect(runs.count >= 2)
    // None of them is the suite's champion.
    #expect(Set(runs.map { $0["seed"] as? Int }) == Set(seeds))
    #expect(try tool.run("history", "suite").text.contains("seed \(seeds[1])"))
    #expect(try tool.run("predict", "--suite", "suite", "snow").status == 1)
  }

  @Test(
    "Arguments that go together with no seeds, or are none",
    arguments: [
      ["--seeds", "1"], ["--seeds", "1001"], ["--seeds", "x"], ["--seeds", "2", "--dry-run"],
      ["--seeds", "2", "--from", "base"],
    ])
  func arguments(_ arguments: [String]) throws {
    let tool = try Tool()
    #expect(try tool.run(arguments: ["train", "suite"] + arguments).status == 64)
  }
}
