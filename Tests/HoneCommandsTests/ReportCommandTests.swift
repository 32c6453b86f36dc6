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
