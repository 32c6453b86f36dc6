import Charts
import Testing

/// Texts that are long, many, or written by somebody who wishes harm.
@Suite("Texts of pictures")
struct ChartLabelTests {
  static let themes = [Theme.paper, .page]

  @Test("A legend takes as many rows as it needs", arguments: themes)
  func legend(theme: Theme) throws {
    let names = (1...14).map { "behavior number \($0)" }
    let picture = try #require(SVGDocument(Examples.rounds(names).svg(theme)))
    let labels = picture.all("text").filter { names.contains($0.text) }
    #expect(labels.map(\.text) == names)
    #expect(Set(labels.map { $0.number("y") }).count > 2)
    #expect(picture.cutTexts == [])
    let foot = labels.map { $0.number("y") }.max() ?? 0
    #expect(picture.all("circle").allSatisfy { $0.number("cy") <= foot + 200 })
    let few = try #require(SVGDocument(Examples.rounds(["a", "b"]).svg(theme)))
    #expect(picture.size.height > few.size.height)
  }

  @Test("Long labels of an axis are tilted and have room; many short ones are thinned out")
  func ticks() throws {
    let names = (0..<8).map { "wrong_exchange_rate_\($0)" }
    var chart = Examples.rounds(["a"])
    chart.x = Axis(
      title: "behavior", domain: -0.5...7.5,
      ticks: names.enumerated().map { .init(Double($0), $1) })
    for theme in Self.themes {
      let picture = try #require(SVGDocument(chart.svg(theme)))
      let labels = picture.all("text").filter { names.contains($0.text) }
      #expect(labels.map(\.text) == names)
      #expect(labels.allSatisfy { $0.attributes["transform"]?.hasPrefix("rotate(-40") == true })
      #expect(picture.cutTexts == [])
    }
    chart.x.ticks = (0...70).map { .init(Double($0) / 10, "\($0)") }
    let picture = try #require(SVGDocument(chart.svg(.page)))
    let places = picture.all("text").filter { Int($0.text) != nil }
    #expect(places.count > 5 && places.count < 40 && places[0].attributes["transform"] == nil)
    for (one, next) in zip(places, places.dropFirst()) {
      #expect(next.number("x") - one.number("x") > Double(next.text.count) * 7)
    }
  }

  @Test("Titles go on in further lines; a percentage is one word")
  func titles() throws {
    var chart = Examples.reliability
    chart.title = "How often the model was right when it said that it was sure of what it said"
    chart.y.title =
      "share of dev replies that were right, with its exact two-sided error bar of 95 %"
    let picture = try #require(SVGDocument(chart.svg(.page)))
    let bold = picture.all("text").filter { $0.attributes["font-weight"] == "bold" }.map(\.text)
    #expect(bold.count == 2 && bold.joined(separator: " ") == chart.title)
    #expect(picture.texts.contains { $0.hasSuffix(" 95 %") && $0.count > 10 })
    #expect(picture.cutTexts == [])
  }

  enum Kind: String, CaseIterable {
    case hostile, long, control, empty, marks

    var text: String {
      switch self {
      case .hostile: Examples.hostile
      case .long: String(repeating: "a name that goes on and on ", count: 40_000)
      case .control: "\u{0}"
      case .empty: ""
      case .marks: String(repeating: "\u{301}", count: 5000)
      }
    }
  }

  @Test(
    "Whatever a text is, a picture is well-formed, runs nothing, stays within its edges and small",
    arguments: themes, Kind.allCases)
  func hostile(theme: Theme, kind: Kind) throws {
    let pictures = [
      Examples.chart(saying: kind.text).svg(theme), Examples.heatMap(saying: kind.text).svg(theme),
      Examples.bar(description: kind.text).svg(theme),
    ]
    for drawn in pictures {
      let picture = try #require(SVGDocument(drawn))
      #expect(picture.all("script").isEmpty && picture.cutTexts == [])
      #expect(drawn.unicodeScalars.allSatisfy { !$0.isHidden })
      #expect(drawn.utf8.count < 60_000)
    }
  }

  @Test("What has no picture of its own is shown by its number")
  func visible() throws {
    let picture = try #require(SVGDocument(Examples.chart(saying: Examples.hostile).svg()))
    let shown = try #require(picture.all("desc").first).text
    #expect(
      shown == "<script>alert(\"1\")</script> & ' \\u{202e}evil\\u{0}\\u{1b}[31m  "
        + "\\u{ffff}\\u{e000}  漢字")
    let bar = try #require(SVGDocument(Examples.bar(description: "a \"b\" <c> \u{202E}").svg()))
    #expect(bar.root.attributes["aria-label"] == "a \"b\" <c> \\u{202e}")
  }
}

extension Unicode.Scalar {
  /// Acts on what is around it, or is none that XML allows.
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control: self != "\n"
    case .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: true
    default: value == 0xFFFE || value == 0xFFFF
    }
  }
}
