/// Labelled texts that are easy to tell apart, made by a tiny grammar.
enum SampleTexts {
  struct Row {
    var text: String
    var label: String
  }

  /// 400 texts on the weather and 400 on cooking, mixed.
  static let rows: [Row] = {
    let places = ["Oslo", "Lima", "Kyoto", "Perth", "Cork", "Graz", "Turin", "Quito"]
    return places.flatMap { place in
      weather.map { Row(text: "\($0) \(place)", label: "weather") }
        + cooking.map { Row(text: "\($0) \(place)", label: "cooking") }
    }
  }()

  static func csv(_ rows: some Sequence<Row>) -> String {
    "text,label\n" + rows.map { "\($0.text),\($0.label)\n" }.joined()
  }

  private static let weather = pairs(
    ["tomorrow in", "all week over", "expected near", "tonight across", "this weekend in"],
    ["rain", "snow", "sunshine", "fog", "a storm", "hail", "wind", "frost", "drizzle", "heat"])

  private static let cooking = pairs(
    ["how long to bake", "recipe for", "what goes well with", "how to season", "leftover"],
    [
      "bread", "soup", "rice", "pancakes", "a stew", "pasta", "a cake", "dumplings", "curry",
      "salad",
    ])

  private static func pairs(_ frames: [String], _ things: [String]) -> [String] {
    things.flatMap { thing in frames.map { "\($0) \(thing)" } }
  }
}
