import Foundation
import Suites

extension PageContext {
  /// Rows of an example table that stand in the page as such; a script shows the others.
  private static let examplesShown = 20

  var examples: Values {
    let rows = report.examples
    return [
      "hasExamples": !rows.isEmpty,
      "examplesNote": examplesNote, "noneFails": !rows.contains { !$0.state.passes },
      "examplesCount": rows.count, "examplesShown": min(rows.count, Self.examplesShown),
      "examples": rows.prefix(Self.examplesShown).map { row in
        let pair = ExamplePages.Pair(row).texts
        return [
          "input": Self.input(row),
          "place": "\(row.behavior.shown()) · \(Self.place(row.location))",
          "expected": pair.expected, "reply": pair.reply, "probability": Self.probability(row),
          "state": row.state.words,
        ] as Values
      },
    ]
  }

  private var examplesNote: String {
    let rows = report.examples
    guard !rows.isEmpty else {
      return "No example of dev fails, and none failed where the run began."
    }
    let failing =
      rows.contains { !$0.state.passes }
      ? "Examples of dev with what the champion answered: those that fail, the surest mistakes first, "
        + "then those that pass, the least sure first."
      : "No example of dev fails; these pass, the least sure first."
    return failing + " Sealed examples are never shown." + pages.note
  }

  private static func input(_ row: ExampleRow) -> String {
    var input = row.input?.harmless ?? "(the suite has no example \(row.example) any more)"
    if let length = row.inputLength { input += "… (\(length) characters)" }
    return input
  }

  private static func probability(_ row: ExampleRow) -> String {
    row.probability.map { "\(Format.chance($0)) sure" } ?? ""
  }

  /// All examples as JSON that may stand in a page: what they have in common once, then rows.
  var examplesData: String {
    let states = ExampleRow.State.allCases
    let value = ExampleData(
      states: states.map { [$0.rawValue, $0.words] },
      behaviors: pages.behaviors.map { $0.shown() },
      pairs: pages.pairs.map { [$0.texts.expected, $0.texts.reply] },
      groups: pages.groups.map(\.title),
      rows: pages.rows.map { row in
        ExampleData.Row(
          behavior: pages.place(behavior: row.behavior),
          texts: [Self.input(row), Self.place(row.location), Self.probability(row)],
          pair: pages.place(ExamplePages.Pair(row)), state: states.firstIndex(of: row.state) ?? 0,
          group: pages.group(of: row))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    let json = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    // Within a script element nothing may look like markup.
    return json.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026").replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }

  private struct ExampleData: Encodable {
    /// Key and words of each.
    var states: [[String]]
    var behaviors: [String]
    /// Expected and answered.
    var pairs: [[String]]
    var groups: [String]
    var rows: [Row]

    /// An array: behavior, input, place, probability, pair, state, and the group where it has one.
    struct Row: Encodable {
      var behavior: Int
      var texts: [String]
      var pair: Int
      var state: Int
      var group: Int?

      func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        try row.encode(behavior)
        for text in texts { try row.encode(text) }
        try row.encode(pair)
        try row.encode(state)
        if let group { try row.encode(group) }
      }
    }
  }
}
