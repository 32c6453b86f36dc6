import Suites

extension TuningLoop {
  /// The next candidate: first the plain fit, then more weight on what falls short, then more or
  /// less regularisation. What is tried depends on how often the champion has held since.
  mutating func nextPlan(after champion: Champion) -> TuningPlan {
    // The rungs above the first come with their trainers.
    let rung = settings.ladder.first ?? .head
    guard let l2 = champion.l2 else {
      return TuningPlan(
        round: round, rung: rung, l2: nil, focus: [:],
        reason: "all behaviors alike, regularisation by cross-validation in train")
    }
    let short = shortfalls(of: champion.measurement)
    let worst = Array(short.prefix(1))
    func lift(_ names: [String], by factor: Double) -> TuningPlan {
      var focus = champion.focus
      for name in names { focus[name, default: 1] *= factor }
      return TuningPlan(
        round: round, rung: rung, l2: l2, focus: focus,
        reason: "\(factor.formatted)× weight on \(names.joined(separator: ", "))")
    }
    func regularise(by factor: Double, _ word: String) -> TuningPlan {
      TuningPlan(
        round: round, rung: rung, l2: l2 * factor, focus: champion.focus,
        reason: "\(word) regularisation")
    }
    switch rejectionsInARow % 6 {
    case 0: return lift(short, by: 1.5)
    case 1: return regularise(by: 1.0 / 3, "less")
    case 2: return lift(worst, by: 2)
    case 3: return regularise(by: 3, "more")
    case 4: return lift(short, by: 1.2)
    default: return lift(worst, by: 1.25)
    }
  }

  /// Tunable behaviors that are not near certain to be shown, the likeliest to fail first: at
  /// least one where there is any, and at most half, since more weight on all is none.
  private mutating func shortfalls(of measurement: Measurement) -> [String] {
    let chances = chanceTable.chances(of: measurement, behaviors: settings.behaviors).behaviors
    let tunable = settings.behaviors.filter { !$0.isGuard && $0.trainUnits > 0 }
    let ordered = tunable.sorted {
      let (left, right) = (chances[$0.name] ?? 0, chances[$1.name] ?? 0)
      return left == right ? $0.name < $1.name : left < right
    }
    let short = ordered.filter { (chances[$0.name] ?? 0) < 0.9 }
    return ordered.prefix(max(1, min(short.count, ordered.count / 2))).map(\.name)
  }
}

extension Double {
  /// At most two decimals, no trailing zeros; for texts.
  fileprivate var formatted: String {
    let hundredths = (self * 100).rounded() / 100
    return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
  }
}
