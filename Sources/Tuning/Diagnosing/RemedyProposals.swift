import Foundation
import Statistics
import Suites

/// What each kind of remedy would do for the behaviors that need one, in numbers.
struct RemedyProposals {
  let needs: [Need]
  let study: TrainingStudy?

  /// Behaviors named in one sentence at most.
  private static let mostNamed = 2
  /// Of failures between two labels, the share that clearer labels are taken to resolve.
  private static let resolved = 0.25

  private func average(_ share: (Need) -> Double) -> Double {
    needs.reduce(0) { $0 + share($1) } / Double(needs.count)
  }

  // MARK: - Labels

  /// Suspects are examples to look at; usually about half of them are wrong.
  var fixLabels: Remedy? {
    guard let study else { return nil }
    let suspects = study.suspects.filter { suspect in
      suspect.isStrong && needs.contains { suspect.behaviors.contains($0.name) }
    }
    guard !suspects.isEmpty else { return nil }
    let gains = Dictionary(
      uniqueKeysWithValues: needs.map { ($0.name, gainOfFixing($0, suspects)) })
    let helped = needs.filter { gains[$0.name]! > 0 && $0.rate > 0 }
      .sorted { gains[$0.name]! > gains[$1.name]! }
    guard !helped.isEmpty else { return nil }
    let train = suspects.count { $0.place.role == .train }
    let named = helped.prefix(Self.mostNamed).map {
      "`\($0.name)` about \(Points.text(gains[$0.name]!)) of the \(Points.text($0.rate)) points it "
        + "lacks"
    }
    return Remedy(
      kind: .fixLabels, behaviors: helped.map(\.name),
      coverage: average { $0.share(of: gains[$0.name]!) },
      text: "Look at \(suspects.count) \(suspects.count == 1 ? "label" : "labels") that the model "
        + "all but rules out, or that nearly all of their neighbors contradict (\(train) in train, "
        + "\(suspects.count - train) in dev). Usually half of such labels are wrong; putting them "
        + "right would bring "
        + "\(named.joined(separator: " and ")).")
  }

  /// Roles are dealt by chance, so the share of wrong labels in `train` and `dev` together is that
  /// which fails on `dev` whatever the model learns.
  private func gainOfFixing(_ need: Need, _ suspects: [SuspectedLabel]) -> Double {
    let own = suspects.count { $0.behaviors.contains(need.name) }
    let examples = study?.examples[need.name] ?? 0
    return examples > 0 ? ConfidentJoint.usualPrecision * Double(own) / Double(examples) : 0
  }

  /// The pair of labels that most failures are between, those left out whose label is in doubt.
  var separateLabels: Remedy? {
    let doubtful = Set(study?.suspects.filter(\.isStrong).map(\.place.example) ?? [])
    var counts: [LabelPair: [String: Int]] = [:]
    for need in needs where need.rate > 0 {
      for failure in need.behavior.failures where !doubtful.contains(failure.example) {
        guard let reply = failure.reply, let label = failure.expected.label else { continue }
        counts[LabelPair(label, reply), default: [:]][need.name, default: 0] += 1
      }
    }
    func total(_ pair: LabelPair) -> Int { counts[pair]!.values.reduce(0, +) }
    guard
      let pair = counts.keys.max(by: {
        (total($0), $1.first, $1.second) < (total($1), $0.first, $0.second)
      }), total(pair) > 1
    else { return nil }
    let helped = needs.filter { counts[pair]![$0.name] != nil }
    let failures = helped.reduce(0) { $0 + $1.behavior.failures.count }
    let twins = study?.contradictions.count {
      LabelPair($0.first.expected, $0.second.expected) == pair
    }
    let also =
      switch twins ?? 0 {
      case 0: ""
      case 1: " One pair of nearly the same text is labelled both ways."
      default: " \(twins ?? 0) pairs of nearly the same text are labelled both ways."
      }
    return Remedy(
      kind: .separateLabels, behaviors: helped.map(\.name),
      coverage: average { need in
        let own = Double(counts[pair]![need.name] ?? 0)
        return need.share(of: Self.resolved * own / Double(max(1, need.behavior.trials)))
      },
      text: "Make clear what tells `\(pair.first)` from `\(pair.second)`, in the labels and with "
        + "examples on that border: \(total(pair)) of \(failures) failures are one answered as the "
        + "other." + also)
  }

  private struct LabelPair: Hashable {
    var first: String
    var second: String

    init(_ one: String, _ other: String) {
      (first, second) = one < other ? (one, other) : (other, one)
    }
  }

  // MARK: - Examples

  var addTrainExamples: Remedy? {
    let gains = needs.map { need in
      (need: need, outlook: need.behavior.outlook, gain: need.behavior.outlook?.gainOfDoubling ?? 0)
    }
    let helped = gains.filter { $0.gain >= Points.least && $0.need.rate > 0 }
      .sorted { $0.gain > $1.gain }
    guard !helped.isEmpty else { return nil }
    let sentences = helped.prefix(Self.mostNamed).compactMap { helped in
      helped.outlook.map { Self.text(helped.need.name, $0) }
    }
    return Remedy(
      kind: .addTrainExamples, behaviors: helped.map(\.need.name),
      coverage: average { $0.share(of: $0.behavior.outlook?.gainOfDoubling ?? 0) },
      text: sentences.joined(separator: " "))
  }

  private static func text(_ name: String, _ outlook: LearningOutlook) -> String {
    if let missing = outlook.missing {
      return "About \(missing.units) more train examples of `\(name)` (\(missing.lower) to "
        + "\(missing.upper)), the others growing alike, would bring it to the "
        + "\(Points.text(outlook.goal)) % it needs."
    }
    return "Twice the train examples of `\(name)` (\(outlook.learned) more), the others growing "
      + "alike, would bring it from \(Points.text(outlook.now)) to about "
      + "\(Points.text(outlook.doubled)) % (\(Points.text(outlook.doubledRange.lower)) to "
      + "\(Points.text(outlook.doubledRange.upper)))."
  }

  /// Behaviors that are named with the sealed examples that they lack.
  private static let mostSealed = 4

  var addSealedExamples: Remedy? {
    let helped = needs.filter { $0.rate == 0 }
    guard !helped.isEmpty else { return nil }
    let missing = helped.map { ($0.behavior.neededUnits ?? 0) - $0.behavior.sealedUnits }
    let named = zip(missing, helped).prefix(Self.mostSealed).map { "\($0) of `\($1.name)`" }
    let rest = missing.dropFirst(Self.mostSealed)
    let more =
      rest.isEmpty ? "" : " and \(rest.reduce(0, +)) of \(rest.count) other behaviors"
    return Remedy(
      kind: .addSealedExamples, behaviors: helped.map(\.name),
      coverage: average { $0.rate == 0 ? 1 : 0 },
      text:
        "Add sealed examples, about \(named.joined(separator: ", "))\(more): the rate on dev would do, "
        + "but there are too few to show it with.")
  }

  // MARK: - Targets

  var lowerTargets: Remedy? {
    let helped = needs.filter { $0.behavior.showableTarget != nil }
    guard !helped.isEmpty else { return nil }
    let named = helped.prefix(3).map { need in
      "`\(need.name)` \(String(format: "%.2f", need.behavior.showableTarget ?? 0))"
    }
    let more = helped.count > 3 ? ", and so on" : ""
    return Remedy(
      kind: .lowerTargets, behaviors: helped.map(\.name),
      coverage: Remedy.lastResort * Double(helped.count) / Double(needs.count),
      text: "Require less: targets that would likely be shown (9 times in 10) are "
        + "\(named.joined(separator: ", "))\(more).")
  }
}

/// Rates in percent and their differences in points, with one decimal.
enum Points {
  /// A gain that is told.
  static let least = 0.005

  static func text(_ rate: Double) -> String { String(format: "%.1f", 100 * rate) }
}
