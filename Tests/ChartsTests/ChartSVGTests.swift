import Charts
import Testing

@Suite("Charts as SVG")
struct ChartSVGTests {
  @Test("A small chart in a page, whole")
  func page() {
    let chart = Chart(
      title: "Pass rate", description: "One round.",
      x: Axis(title: "round", domain: 0...1, ticks: [.init(1, "1")]),
      y: Axis(title: "rate", domain: 0...1, ticks: [.init(1, "100 %")]),
      series: [Series("a", .dots, [.init(x: 0.5, y: 0.5, error: 0.25...2, label: "a: 50 %")])],
      references: [.init(y: 0.9, label: "target")])
    #expect(
      chart.svg(.page, id: "first") == """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 366" class="chart" role="img" \
        aria-labelledby="first-title first-desc" font-weight="normal" fill="var(--ink, #222222)">
        <title id="first-title">Pass rate</title>
        <desc id="first-desc">One round.</desc>
        <text x="24" y="30" font-size="15" font-weight="bold">Pass rate</text>
        <line x1="50.8" y1="86" x2="456" y2="86" stroke="var(--grid, #dddddd)" stroke-width="1"/>
        <text x="42.8" y="90" font-size="12" text-anchor="end">100 %</text>
        <line x1="456" y1="306" x2="456" y2="311" stroke="var(--muted, #555555)" stroke-width="1"/>
        <text x="456" y="326" font-size="12" text-anchor="middle">1</text>
        <line x1="50.8" y1="306" x2="456" y2="306" stroke="var(--muted, #555555)" stroke-width="1"/>
        <text x="253.4" y="350" font-size="13" text-anchor="middle" \
        fill="var(--muted, #555555)">round</text>
        <text x="24" y="64" font-size="13" fill="var(--muted, #555555)">rate</text>
        <g><title>a: 50 %</title>
        <line x1="253.4" y1="251" x2="253.4" y2="86" stroke="var(--series-1, #0072b2)" \
        stroke-width="2"/>
        <line x1="246.4" y1="251" x2="260.4" y2="251" stroke="var(--series-1, #0072b2)" \
        stroke-width="2"/>
        <circle cx="253.4" cy="196" r="4.5" fill="var(--series-1, #0072b2)"/>
        </g>
        <line x1="50.8" y1="108" x2="456" y2="108" stroke="var(--ink, #222222)" \
        stroke-width="1.2" stroke-dasharray="2 3"/>
        <text x="452" y="103" font-size="12" text-anchor="end" stroke="var(--ground, #ffffff)" \
        stroke-width="4" paint-order="stroke">target</text>
        </svg>

        """)
  }

  @Test("On paper colors and sizes are fixed; in a page they are the page's")
  func themes() throws {
    let chart = Examples.rounds(["a", "b"])
    let paper = try #require(SVGDocument(chart.svg(.paper, id: "any")))
    #expect(paper.root.attributes["width"] == "720" && paper.root.attributes["class"] == nil)
    #expect(paper.ids == ["title", "desc"] && !chart.svg().contains("var("))
    #expect(chart.svg() == chart.svg(.paper, id: "any"))
    let page = try #require(SVGDocument(chart.svg(.page)))
    #expect(page.root.attributes["width"] == nil && page.root.attributes["height"] == nil)
    #expect(page.root.attributes["class"] == "chart")
    #expect(page.all("rect").allSatisfy { $0.attributes["fill"] != "#ffffff" })
    for element in page.elements {
      for color in [element.attributes["fill"], element.attributes["stroke"]].compactMap({ $0 }) {
        #expect(color == "none" || color.hasPrefix("var(--"))
      }
    }
  }

  @Test(
    "Every picture says what it is; ids differ as the names given do",
    arguments: [Theme.paper, .page])
  func names(theme: Theme) throws {
    let names = ["a", "a b", "a_b", "A", "\"><script>", "é", "", "chart"]
    var ids: [String] = []
    for name in names {
      for text in [
        Examples.reliability.svg(theme, id: name),
        Examples.confusion(["x", "y"]).svg(theme, id: "map " + name),
      ] {
        let picture = try #require(SVGDocument(text))
        #expect(picture.root.attributes["role"] == "img")
        let title = try #require(picture.all("title").first)
        let description = try #require(picture.all("desc").first)
        #expect(!title.text.isEmpty && !description.text.isEmpty && title.depth == 1)
        let named = [title, description].compactMap { $0.attributes["id"] }
        #expect(picture.root.attributes["aria-labelledby"] == named.joined(separator: " "))
        #expect(named.allSatisfy { !$0.contains(" ") } && picture.ids == named)
        ids += named
      }
    }
    #expect(Set(ids).count == (theme == .paper ? 2 : ids.count))
  }

  @Test("Series differ without color: in dashes, in the shape of their dots, and stand aside")
  func styles() throws {
    let lines = try #require(
      SVGDocument(Examples.rounds(["a", "b", "c"], mark: .line).svg(.page)))
    let dashes = lines.all("polyline").suffix(3).map { $0.attributes["stroke-dasharray"] ?? "" }
    #expect(Set(dashes).count == 3)

    let dots = try #require(SVGDocument(Examples.rounds(["a", "b", "c"], mark: .dots).svg(.page)))
    #expect(!dots.all("circle").isEmpty && !dots.all("rect").isEmpty)
    #expect(!dots.all("polygon").isEmpty)
    // Caps of error bars: none over another's.
    let bars = dots.all("line").filter {
      $0.number("x1") == $0.number("x2") && $0.attributes["stroke-width"] == "2"
    }
    #expect(bars.count == 12 && Set(bars.map { $0.number("x1") }).count == 12)
  }

  @Test("A series goes on in the color of another, dashed, without an entry of its own")
  func extrapolation() throws {
    let chart = Chart(
      title: "Learning curve", description: "It rises.",
      x: Axis(title: "examples", domain: 0...100, format: .whole),
      y: Examples.percent("pass rate", 0...1),
      series: [
        Series("head", .line, [.init(x: 0, y: 0), .init(x: 50, y: 0.5)]),
        Series("", .line, [.init(x: 50, y: 0.5), .init(x: 100, y: 0.7)], isDashed: true, tint: 0),
        Series("LoRA", .line, [.init(x: 0, y: 0.1), .init(x: 50, y: 0.8)]),
      ])
    let picture = try #require(SVGDocument(chart.svg()))
    let lines = picture.all("polyline").map {
      [$0.attributes["stroke"] ?? "", $0.attributes["stroke-dasharray"] ?? ""]
    }
    let (head, rest, lora) = (["#0072b2", ""], ["#0072b2", "3 5"], ["#d55e00", "8 4"])
    #expect(lines == [head, rest, lora, head, lora])
  }

  @Test("A line is cut where it leaves the plot, and is not bent")
  func clipping() throws {
    let chart = Chart(
      title: "Boundary", description: "It leaves at the top.",
      x: Axis(title: "n", domain: 0...100, format: .whole),
      y: Axis(title: "failures", domain: 0...10, format: .whole),
      series: [
        Series("limit", .boundary, [.init(x: -50, y: -5), .init(x: 150, y: 15)]),
        Series("above", .boundary, [.init(x: 0, y: 11), .init(x: 100, y: 12)]),
        Series("n", .line, [.init(x: 0, y: 1), .init(x: 50, y: .nan), .init(x: 100, y: 2)]),
      ])
    let picture = try #require(SVGDocument(chart.svg()))
    // From corner to corner of the plot; nothing of what lies above; two ends of a gap.
    #expect(picture.all("polyline").map { $0.attributes["points"] } == ["72,360 696,84"])
    #expect(picture.texts.contains("limit") && !picture.texts.contains("above"))
    #expect(picture.all("circle").count == 2)
  }

  @Test("Labels of limits stand beside the plot where they would lie upon something")
  func limits() throws {
    func target(_ y: Double) throws -> SVGDocument.Element {
      let chart = Chart(
        title: "t", description: "d", x: Axis(title: "x", domain: 0...1, format: .number),
        y: Axis(title: "y", domain: 0...1, format: .number),
        series: [Series("s", .line, [.init(x: 0, y: y), .init(x: 1, y: y)])],
        references: [.init(y: 0.5, label: "target")])
      let picture = try #require(SVGDocument(chart.svg()))
      return try #require(picture.all("text").first { $0.text == "target" })
    }
    #expect(try target(0.1).attributes["text-anchor"] == "end")
    #expect(try target(0.52).attributes["text-anchor"] == nil)

    let picture = try #require(SVGDocument(Examples.rounds(["a"]).svg(.page)))
    let labels = picture.all("text").filter { ["target", "hope"].contains($0.text) }
    #expect(labels.count == 2)
    #expect((labels[0].number("y") - labels[1].number("y")).magnitude >= 14)
  }
}
