import Foundation
import Testing

@Suite("report", .serialized)
struct ReportCommandTests {
  /// A suite of 800 easy texts with one run.
  private func trained() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    let made = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(made.status == 0)
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    return tool
  }

  @Test("A run as a page, as Markdown, JUnit, JSON and pictures")
  func forms() throws {
    let tool = try trained()
    let written = try tool.run("report", "suite")
    #expect(written.status == 0)
    #expect(written.text == "FOLDER/suite/.hone/report-1.html\n")
    let page = try tool.text("suite/.hone/report-1.html")
    #expect(page.contains("<h1 id=\"verdict\">"))
    #expect(page.contains("Certified"))

    let json = try tool.run("report", "suite", "1", "--format", "json")
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
    #expect((value["behaviors"] as? [Any])?.count == 2)
    #expect(((value["verdict"] as? [String: Any])?["outcome"] as? String) == "certified")
    #expect((value["claim"] as? [String: Any])?["attempt"] as? Int == 1)

    let markdown = try tool.run("report", "suite", "--format", "markdown")
    #expect(markdown.text.hasPrefix("### ✅ hone train ` suite `: certified\n"))
    let junit = try tool.run("report", "suite", "--format", "junit")
    #expect(junit.text.contains("<testsuites name=\"hone train\" tests=\"2\" failures=\"0\""))

    let plots = try tool.run(
      "report", "suite", "--plots", "figures", "--output", "page.html")
    #expect(plots.text == "page.html\n")
    #expect(try tool.text("page.html") == page)
    let names = try FileManager.default.contentsOfDirectory(atPath: tool.url("figures").path)
    #expect(names.contains("confusion.svg") && names.contains("calibration.svg"))
    for name in names { #expect(try tool.text("figures/\(name)").hasPrefix("<svg xmlns=")) }
  }

  @Test("Flips say which two checkpoints they compare; the base is found in an earlier run")
  func compared() throws {
    // Every seventh text has the other label, so that the base is not right already.
    let noisy = SampleTexts.rows.enumerated().map { index, row in
      let other = row.label == "weather" ? "cooking" : "weather"
      return SampleTexts.Row(text: row.text, label: index % 7 == 3 ? other : row.label)
    }
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(noisy)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    func train(_ more: String...) throws {
      let words = ["train", "suite", "--no-attempt", "--no-study", "--quiet"] + more
      #expect(try tool.run(arguments: words).status != 1)
    }
    try train("--rounds", "1")
    func report(_ run: Int) throws -> (json: [String: Any], page: String, markdown: String) {
      let text = try tool.run("report", "suite", "\(run)", "--format", "json").text
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      _ = try tool.run("report", "suite", "\(run)")
      return (
        try #require(json), try tool.text("suite/.hone/report-\(run).html"),
        try tool.run("report", "suite", "\(run)", "--format", "markdown").text
      )
    }
    let first = try report(1)
    #expect(first.json["base"] == nil)
    #expect(first.page.contains("where the run began: the untuned base."))
    #expect(!first.page.contains("Since the base"))

    let tuned = try #require(
      (first.json["rounds"] as? [[String: Any]])?.first?["checkpoint"] as? String)
    try train("--rounds", "0", "--from", tuned)
    let second = try report(2)
    let run = try #require(second.json["run"] as? [String: Any])
    let base = try #require(second.json["base"] as? [String: Any])
    #expect(base["run"] as? Int == 1 && base["event"] as? Int == 2)
    #expect(base["checkpoint"] as? String == run["base"] as? String)
    #expect(second.page.contains("is where the run began: a checkpoint of an earlier run."))
    #expect(second.page.contains("as run 1 measured it (its event 2)"))
    #expect(second.markdown.contains("Against the untuned base `"))
    let rows = try #require(second.json["behaviors"] as? [[String: Any]])
    var changed = 0
    for row in rows {
      let old = try #require(
        (first.json["behaviors"] as? [[String: Any]])?.first {
          $0["behavior"] as? String == row["behavior"] as? String
        })
      let flips = try #require(row["sinceBase"] as? [String: Any])
      func count(_ key: String) throws -> Int { try #require(flips[key] as? Int) }
      #expect(row["gained"] as? Int == 0 && row["lost"] as? Int == 0)
      #expect(try count("units") == row["trials"] as? Int)
      #expect(try count("passes") == row["passes"] as? Int)
      #expect(try count("basePasses") == old["startPasses"] as? Int)
      #expect(
        try count("passes") - count("basePasses") == count("gained") - count("lost"))
      changed += try count("gained") + count("lost")
    }

    #expect(changed > 0)

    // Examples that came since were not asked at the base, and are left out.
    let name = try #require(rows.first?["behavior"] as? String)
    let places = ["Bergen", "Nairobi", "Dakar", "Tromso", "Lagos", "Hanoi", "Cusco", "Sibiu"]
    var added = try tool.text("suite/behaviors/\(name).jsonl")
    let template = try #require(added.split(separator: "\n").first).description
    let input = try #require(
      (try JSONSerialization.jsonObject(with: Data(template.utf8)) as? [String: Any])?["input"]
        as? String)
    for (index, place) in places.enumerated() {
      for number in 0..<6 {
        added +=
          template.replacing(input, with: "\(place) \(number * 7919 + index) entirely new words")
          + "\n"
      }
    }
    try tool.write(added, to: "suite/behaviors/\(name).jsonl")
    try train("--rounds", "0", "--from", tuned)
    let third = try report(3)
    let row = try #require(
      (third.json["behaviors"] as? [[String: Any]])?.first { $0["behavior"] as? String == name })
    let common = try #require((row["sinceBase"] as? [String: Any])?["units"] as? Int)
    let trials = try #require(row["trials"] as? Int)
    #expect(common < trials && common > trials / 2)
  }

  @Test("What is not there is named, with the next step")
  func errors() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let none = try tool.run("report", "suite")
    #expect(none.status == 1)
    #expect(none.errors.contains("there are no runs here. `hone train` makes one."))
    #expect(try tool.run("train", "suite", "--rounds", "0", "--no-attempt", "--quiet").status == 3)
    let unknown = try tool.run("report", "suite", "7")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("there is no run 7; the newest is 1."))
    #expect(try tool.run("report", "suite", "x").status == 64)
    #expect(try tool.run("report", "suite", "--open", "--format", "json").status == 64)
    let full = try tool.run("report", "suite", "--output", "no/such/folder/page.html")
    #expect(full.status == 1)
    #expect(full.errors.contains("no/such/folder/page.html"))

    // A suite that cannot be read any more still has its runs.
    try tool.write("hone: [", to: "suite/hone.yaml")
    #expect(try tool.run("report", "suite").status == 0)
    #expect(try tool.text("suite/.hone/report-1.html").contains("The suite cannot be read"))
  }
}
