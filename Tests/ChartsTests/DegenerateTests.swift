import Charts
import Testing

@Suite("Pictures of next to nothing")
struct DegenerateTests {
  private static let domains: [ClosedRange<Double>] = [
    0...1, 0.9...0.9, 0...0, -1e308...1e308, 0...Double.infinity, 0...Double.leastNonzeroMagnitude,
  ]
  private static let values = [0, 0.5, 1e308, -1e308, Double.nan, .infinity, -.infinity]
  private static let marks: [Series.Mark] = [
    .line, .steps, .columns(width: 8), .dots, .linkedDots, .boundary,
  ]

  @Test("Every number that is drawn is one", arguments: domains, marks)
  func charts(domain: ClosedRange<Double>, mark: Series.Mark) throws {
    let points = Self.values.flatMap { x in
      Self.values.map { Series.Point(x: x, y: $0, error: -Double.infinity...Double.infinity) }
    }
    for count in [0, 1, 2, points.count] {
      let chart = Chart(
        title: "t", description: "d", x: Axis(title: "x", domain: domain, format: .number),
        y: Axis(title: "y", domain: domain, ticks: Self.values.map { .init($0, "v") }),
        series: [
          Series("a", mark, Array(points.prefix(count))),
          Series("b", mark, Array(points.suffix(count))),
        ], references: Self.values.map { .init(y: $0, label: "r") })
      for theme in [Theme.paper, .page] {
        let picture = try #require(SVGDocument(chart.svg(theme)))
        #expect(picture.numbers.allSatisfy { Double($0)?.isFinite == true })
        #expect(picture.cutTexts == [])
      }
      #expect(chart.table.rows.allSatisfy { $0.count == chart.table.header.count })
      #expect(!"\(chart.table)".contains("nan"))
    }
  }

  @Test("A chart without a point says so; a lone point of a line is seen")
  func fewPoints() throws {
    func picture(_ points: [Series.Point]) throws -> SVGDocument {
      let chart = Chart(
        title: "t", description: "d", x: Axis(title: "", domain: 0...1, format: .number),
        y: Axis(title: "", domain: 0...1, format: .number), series: [Series("s", .line, points)])
      return try #require(SVGDocument(chart.svg()))
    }
    #expect(try picture([]).texts.contains("no data"))
    #expect(try picture([.init(x: .nan, y: 0)]).texts.contains("no data"))
    #expect(try !picture([.init(x: 0.5, y: 0.5)]).texts.contains("no data"))
    #expect(try picture([.init(x: 0.5, y: 0.5)]).all("circle").count == 1)
  }

  @Test("Bars of values that are none, or far away", arguments: domains)
  func bars(domain: ClosedRange<Double>) throws {
    for value in Self.values {
      let bar = IntervalBar(
        domain: domain, interval: -Double.infinity...Double.infinity, point: value,
        before: value, target: value, hope: value, standing: .open, description: "d")
      let picture = try #require(SVGDocument(bar.svg()))
      #expect(picture.numbers.allSatisfy { Double($0)?.isFinite == true })
      #expect(SVGDocument(IntervalBar.scale(domain: domain, theme: .page)) != nil)
    }
  }
}
