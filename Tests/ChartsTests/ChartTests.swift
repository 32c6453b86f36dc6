import Charts
import Foundation
import TestSupport
import Testing

@Suite("Charts and pictures")
struct ChartTests {
  @Test("A scale maps ends to ends, and keeps what is outside at the nearer end")
  func scale() {
    let scale = Scale(domain: 0.5...1, start: 300, end: 100)
    #expect(scale.position(0.5) == 300)
    #expect(scale.position(1) == 100)
    #expect(scale.position(0.75) == 200)
    #expect(scale.position(2) == 100)
    #expect(scale.position(-1) == 300)
  }

  @Test("A picture is well-formed, says what it shows, and shows every series")
  func svg() throws {
    let chart = Chart(
      title: "a < b & c", description: "Two series.",
      x: Axis(title: "x", domain: 0...1, step: 0.5, label: Axis.hundredths),
      y: Axis(title: "y", domain: 0...1, step: 0.5, label: Axis.percent),
      series: [
        Series("line", .line, [.init(x: 0, y: 0), .init(x: 1, y: 1)]),
        Series("dots", .dots, [.init(x: 0.5, y: 0.5, error: 0.25...0.75)]),
        Series("columns", .columns(width: 10), [.init(x: 0.5, y: 0.5)]),
      ],
      references: [.init(y: 0.25, label: "reference")])
    let text = chart.svg()
    #expect(text.contains("<title id=\"title\">a &lt; b &amp; c</title>"))
    #expect(text.contains("<desc id=\"desc\">Two series.</desc>"))
    for label in ["line", "dots", "columns", "reference", "100 %"] {
      #expect(text.contains(">\(label)</text>"))
    }
    #expect(!text.contains("nan") && !text.contains("inf"))
    #expect(SVGDocument(text) != nil)
  }

  @Test("docs/ holds what the code draws today; `make pictures` brings it up to date")
  func documentsAreCurrent() throws {
    let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs")
    let scratch = try ScratchFolder()
    let page = try Data(contentsOf: docs.appendingPathComponent("promises.md"))
    try page.write(to: scratch.place("promises.md"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("pictures")
    process.arguments = [scratch.url.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try Data(contentsOf: scratch.place("promises.md")) == page)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: scratch.place("pictures").path)
    #expect(names.count == 5)
    for name in names {
      let drawn = try Data(contentsOf: scratch.place("pictures/\(name)"))
      let kept = try Data(contentsOf: docs.appendingPathComponent("pictures/\(name)"))
      #expect(drawn == kept, "\(name)")
      #expect(String(decoding: page, as: UTF8.self).contains("pictures/\(name)"))
    }
  }
}
