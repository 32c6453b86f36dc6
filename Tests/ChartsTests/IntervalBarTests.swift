import Charts
import Testing

@Suite("Interval bars")
struct IntervalBarTests {
  @Test("A bar, whole")
  func whole() {
    #expect(
      Examples.bar().svg() == """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 26" class="chart" role="img" \
        aria-label="refill" font-weight="normal" fill="var(--ink, #222222)">
        <line x1="18" y1="13" x2="240" y2="13" stroke="var(--grid, #dddddd)" stroke-width="1"/>
        <line x1="204.5" y1="13" x2="231.1" y2="13" stroke="var(--good, #0a7d4f)" \
        stroke-width="3"/>
        <line x1="204.5" y1="8" x2="204.5" y2="18" stroke="var(--good, #0a7d4f)" \
        stroke-width="2"/>
        <line x1="231.1" y1="8" x2="231.1" y2="18" stroke="var(--good, #0a7d4f)" \
        stroke-width="2"/>
        <line x1="226.7" y1="3" x2="226.7" y2="23" stroke="var(--muted, #555555)" \
        stroke-width="1.4" stroke-dasharray="2 3"/>
        <line x1="195.6" y1="1" x2="195.6" y2="25" stroke="var(--ink, #222222)" \
        stroke-width="2"/>
        <circle cx="62.4" cy="13" r="4" fill="var(--ground, #ffffff)" \
        stroke="var(--muted, #555555)" stroke-width="1.6"/>
        <circle cx="217.8" cy="13" r="5.5" fill="var(--good, #0a7d4f)" \
        stroke="var(--ground, #ffffff)" stroke-width="1.6"/>
        </svg>

        """)
  }

  @Test("Standings differ in color and in shape")
  func standings() throws {
    let pictures = [IntervalBar.Standing.met, .open, .missed].map { Examples.bar($0).svg(.paper) }
    let shapes = try pictures.map { text in
      try #require(SVGDocument(text)).elements.suffix(4).map(\.name).joined(separator: " ")
    }
    #expect(
      shapes == [
        "line line circle circle", "line line circle polygon", "line line line line",
      ])
    for (picture, color) in zip(pictures, ["#0a7d4f", "#8a6100", "#b3261e"]) {
      #expect(picture.contains(color) && !picture.contains("var("))
    }
  }

  @Test("An interval that goes on beyond the domain has no cap there; without one there is none")
  func ends() throws {
    func lines(_ interval: ClosedRange<Double>?) throws -> Int {
      try #require(SVGDocument(Examples.bar(interval: interval).svg())).all("line").count
    }
    #expect(try lines(nil) == 3)
    #expect(try lines(0.6...0.9) == 6)
    #expect(try lines(0.2...0.9) == 5)
  }

  @Test("The scale has the places of the bars' domain, as text")
  func scale() throws {
    let picture = try #require(SVGDocument(IntervalBar.scale(domain: 0.5...1, theme: .page)))
    #expect(picture.texts == ["50 %", "60 %", "70 %", "80 %", "90 %", "100 %"])
    #expect(picture.root.attributes["aria-label"] == "Scale from 50 % to 100 %")
    #expect(picture.cutTexts == [])
    // 90 %, where the bar above has its target.
    #expect(picture.all("text")[4].attributes["x"] == "195.6")
    #expect(SVGDocument(IntervalBar.scale(domain: 1...1, theme: .paper)) != nil)
  }
}
