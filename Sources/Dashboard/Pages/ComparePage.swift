import Charts
import Mustache
import Reports
import Statistics
import Suites
import Tuning

/// Two checkpoints of the archive beside one another on `dev`.
struct ComparePage {
  /// What can be compared, the newest run first.
  var choices: [MeasuredCheckpoint]
  var texts: SuiteTexts
  var query: Query

  /// Flips that are shown of one behavior.
  private static let most = 100

  func html(_ layout: Layout) -> String {
    layout.page(
      title: "Compare", body: layout.templates.compare.render(values), current: "/compare")
  }

  // MARK: - What is asked for

  /// An id, or the beginning of just one.
  private func find(_ name: String) -> MeasuredCheckpoint? {
    if let exact = choices.first(where: { $0.id == name }) { return exact }
    let matches = choices.filter { name.count >= 4 && $0.id.hasPrefix(name) }
    return matches.count == 1 ? matches[0] : nil
  }

  /// The two; where nothing is asked for, where the newest run began and its last champion.
  private var pair: (first: MeasuredCheckpoint?, second: MeasuredCheckpoint?, problem: String?) {
    let newest = choices.filter { $0.run == choices.first?.run }
    let start = newest.first
    let champion = newest.last { $0.standing == "accepted" } ?? newest.last
    let (a, b) = (query["a"], query["b"])
    let first = a.map(find) ?? start
    let second = b.map(find) ?? champion
    for (name, found) in [(a, first), (b, second)] {
      if let name, found == nil {
        return (
          first, second,
          "There is no measured checkpoint '\(String(name.prefix(80)))' in the archive. Choose one "
            + "of these."
        )
      }
    }
    return (first, second, nil)
  }

  // MARK: - What is shown

  private struct Choice {
    var id: String
    var label: String
    var isFirst: Bool
    var isSecond: Bool
  }

  private struct Row {
    var behavior: String
    var target: String?
    var firstRate: String
    var firstCounts: String
    var firstBar: String
    var secondRate: String
    var secondCounts: String
    var secondBar: String
    var gained: String
    var lost: String
  }

  private struct Flip {
    var key: String
    var words: String
    var id: String
    var expected: String
    var who: String
    var reply: String?
    var probability: String
    var text: String?
  }

  private struct Group {
    var behavior: String
    var gained: Int
    var lost: Int
    var isOpen: Bool
    var flips: [Flip]
    var more: Int?
  }

  private struct Comparison {
    var confidence: String
    /// The axis above the bars.
    var scale: String
    var notes: [String]
    var rows: [Row]
    var hasFlips: Bool
    var groups: [Group]
  }

  private struct Values {
    var problem: String?
    var hasChoices: Bool
    var choices: [Choice]
    var comparison: Comparison?
  }

  private var values: Values {
    let (first, second, problem) = pair
    var comparison: Comparison?
    if problem == nil, let first, let second { comparison = compare(first, second) }
    return Values(
      problem: problem, hasChoices: !choices.isEmpty,
      choices: choices.map {
        Choice(
          id: $0.id, label: $0.label, isFirst: $0.id == first?.id, isSecond: $0.id == second?.id)
      }, comparison: comparison)
  }

  private func compare(
    _ first: MeasuredCheckpoint, _ second: MeasuredCheckpoint
  ) -> Comparison {
    let settings = second.settings ?? first.settings
    let confidence = settings?.confidence ?? 0.95
    let (old, new) = (first.measurement, second.measurement)
    let names = Set((old.behaviors + new.behaviors).map(\.behavior)).sorted()
    let targets = Dictionary(
      (settings?.behaviors ?? []).map { ($0.name, $0.target) },
      uniquingKeysWith: { first, _ in first })
    func bars(_ measurement: Tuning.Measurement) -> [String: RateBar] {
      Dictionary(
        measurement.behaviors.map {
          ($0.behavior, RateBar($0, target: targets[$0.behavior], confidence: confidence))
        }, uniquingKeysWith: { first, _ in first })
    }
    let (firstBars, secondBars) = (bars(old), bars(new))
    let domain = Self.domain(Array(firstBars.values) + Array(secondBars.values))
    var rows: [Row] = []
    var groups: [Group] = []
    for name in names {
      let (left, right) = (firstBars[name], secondBars[name])
      let group = old[behavior: name].flatMap { before in
        new[behavior: name].map { flips(before, $0) }
      }
      rows.append(
        Row(
          behavior: name, target: targets[name].map(Format.target),
          firstRate: left?.rate ?? "not measured", firstCounts: left?.counts ?? "",
          firstBar: left?.svg(domain: domain) ?? "",
          secondRate: right?.rate ?? "not measured", secondCounts: right?.counts ?? "",
          secondBar: right?.svg(domain: domain) ?? "",
          gained: group.map { "+\($0.gained)" } ?? "", lost: group.map { "−\($0.lost)" } ?? ""))
      if let group, group.gained + group.lost > 0 { groups.append(group) }
    }
    if groups.count == 1 { groups[0].isOpen = true }
    return Comparison(
      confidence: Format.percent(confidence), scale: IntervalBar.scale(domain: domain),
      notes: notes(first, second, names), rows: rows, hasFlips: !groups.isEmpty, groups: groups)
  }

  /// From a whole tenth below all bars and targets to 1.
  private static func domain(_ bars: [RateBar]) -> ClosedRange<Double> {
    let least = bars.flatMap { [$0.interval.lower, $0.target ?? 1] }.min() ?? 0
    return min(0.9, max(0, (least * 10).rounded(.down) / 10))...1
  }

  private func flips(_ before: BehaviorMeasurement, _ after: BehaviorMeasurement) -> Group {
    let (old, new) = (before.failed, after.failed)
    let lost = after.failures.filter { !old.contains($0.example) }
    let gained = before.failures.filter { !new.contains($0.example) }
    let flips =
      lost.map { flip($0, of: after.behavior, key: "violated", words: "lost", who: "the second") }
      + gained.map {
        flip($0, of: after.behavior, key: "passed", words: "gained", who: "the first")
      }
    let shown = flips.compactMap { $0 }
    return Group(
      behavior: after.behavior, gained: gained.count, lost: lost.count, isOpen: false,
      flips: Array(shown.prefix(Self.most)),
      more: shown.count > Self.most ? shown.count - Self.most : nil)
  }

  /// Nil for an example that is not in `dev` any more.
  private func flip(
    _ failure: Failure, of behavior: String, key: String, words: String, who: String
  ) -> Flip? {
    guard !texts.examples.hides(failure.example) else { return nil }
    let example = texts.examples.example(failure.example, of: behavior)
    return Flip(
      key: key, words: words, id: failure.example, expected: failure.expected.description.shortened,
      who: who, reply: failure.reply?.shortened, probability: Format.percent(failure.probability),
      text: example?.text.shortened)
  }

  private func notes(
    _ first: MeasuredCheckpoint, _ second: MeasuredCheckpoint, _ names: [String]
  ) -> [String] {
    var notes: [String] = []
    if first.id == second.id { notes.append("Both are the same checkpoint.") }
    let otherUnits = names.filter { name in
      let counts = [first, second].compactMap { $0.measurement[behavior: name]?.trials }
      return counts.count == 2 && counts[0] != counts[1]
    }
    if first.suite != second.suite || !otherUnits.isEmpty {
      notes.append(
        "They were measured on different states of the suite: an example that only one of them was "
          + "asked may count as a flip.")
    }
    return notes
  }
}
