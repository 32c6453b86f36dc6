import Charts
import Testing

@Suite("Heat maps")
struct HeatMapTests {
  @Test("A small map, whole")
  func whole() {
    let map = HeatMap(
      title: "Replies", description: "One behavior.", rows: ["yes"], columns: ["yes", "no"],
      rowTitle: "expected", columnTitle: "replied",
      cells: [[.init(value: 1, label: "9", isMarked: true), .init(value: 0, label: "0")]])
    #expect(
      map.svg(.page, id: "m") == """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 136" class="chart" role="img" \
        aria-labelledby="m-title m-desc" font-weight="normal" fill="var(--ink, #222222)">
        <title id="m-title">Replies</title>
        <desc id="m-desc">One behavior.</desc>
        <text x="24" y="30" font-size="15" font-weight="bold">Replies</text>
        <text x="107.4" y="56" font-size="13" fill="var(--muted, #555555)">replied →</text>
        <text x="99.4" y="78" font-size="13" text-anchor="end" \
        fill="var(--muted, #555555)">expected ↓</text>
        <line x1="107.4" y1="86" x2="227.4" y2="86" stroke="var(--grid, #dddddd)" \
        stroke-width="0.7"/>
        <line x1="107.4" y1="116" x2="227.4" y2="116" stroke="var(--grid, #dddddd)" \
        stroke-width="0.7"/>
        <line x1="107.4" y1="86" x2="107.4" y2="116" stroke="var(--grid, #dddddd)" \
        stroke-width="0.7"/>
        <line x1="167.4" y1="86" x2="167.4" y2="116" stroke="var(--grid, #dddddd)" \
        stroke-width="0.7"/>
        <line x1="227.4" y1="86" x2="227.4" y2="116" stroke="var(--grid, #dddddd)" \
        stroke-width="0.7"/>
        <text x="99.4" y="105.2" font-size="12" text-anchor="end">yes</text>
        <text x="137.4" y="79" font-size="12" text-anchor="middle">yes</text>
        <text x="197.4" y="79" font-size="12" text-anchor="middle">no</text>
        <g><title>yes, no: 0</title>
        <rect x="167.4" y="86" width="60" height="30" \
        fill="var(--heat, var(--series-1, #0072b2))" fill-opacity="0.00"/>
        <text x="197.4" y="105" font-size="11.5" text-anchor="middle">0</text>
        </g>
        <g><title>yes, yes: 9</title>
        <rect x="107.4" y="86" width="60" height="30" \
        fill="var(--heat, var(--series-1, #0072b2))" fill-opacity="0.70"/>
        <rect x="108.9" y="87.5" width="57" height="27" fill="none" \
        stroke="var(--ink, #222222)" stroke-width="1.2"/>
        <text x="137.4" y="105" font-size="11.5" text-anchor="middle">9</text>
        </g>
        </svg>

        """)
  }

  @Test("Up to 80 rows and columns are all labeled; numbers stand where cells have room")
  func sizes() throws {
    for count in [2, 12, 30, 80, 150] {
      let labels = (0..<count).map { "a_behavior_of_some_length_\($0)" }
      let map = Examples.confusion(labels)
      let picture = try #require(SVGDocument(map.svg(.page)))
      #expect(picture.cutTexts == [] && picture.size.width == Double(map.width))
      let rows = picture.all("text").filter { $0.attributes["text-anchor"] == "end" }.dropFirst()
      #expect(count > 80 ? rows.count < count : rows.map(\.text) == labels)
      #expect(rows.allSatisfy { $0.number("font-size") >= 9 })
      for (one, next) in zip(rows, rows.dropFirst()) {
        #expect(next.number("y") - one.number("y") >= 9)
      }
      #expect(picture.texts.count { $0 == "97" } == (count <= 30 ? count : 0))
      #expect((480...1300).contains(map.width))
    }
  }

  @Test("A marked cell has an outline, whatever its shade; an empty one has nothing")
  func marks() throws {
    let picture = try #require(SVGDocument(Examples.confusion(["a", "b", "c"]).svg(.page)))
    #expect(picture.all("rect").count { $0.attributes["fill"] == "none" } == 3)
    #expect(picture.all("g").count == 3)
    #expect(picture.all("title").dropFirst().map(\.text) == ["a, a: 97", "b, b: 97", "c, c: 97"])
  }

  @Test("Values that are none, or out of range, are drawn as the nearest shade")
  func values() throws {
    let map = HeatMap(
      title: "t", description: "d", rows: ["a"], columns: ["b", "c", "d", "e"],
      cells: [[.nan, -3, .infinity, 7].map { .init(value: $0, label: "") }])
    let picture = try #require(SVGDocument(map.svg(.page)))
    #expect(
      picture.all("rect").map { $0.attributes["fill-opacity"] } == ["0.00", "0.00", "0.70", "0.70"])
    let none = HeatMap(title: "t", description: "d", rows: [], columns: [], cells: [])
    #expect(SVGDocument(none.svg(.page))?.texts == ["t", "no data"])
  }
}
