import Suites

extension TuningLoop {
  /// One way to make a candidate of the champion.
  struct Variant: Sendable {
    /// nil leaves it to cross-validation in `train`.
    var l2: Double?
    var focus: [String: Double] = [:]
    /// The behaviors that get more weight than the champion gave them, and how much more.
    var lift: Lift?
    var words: String

    /// No focus and nothing fixed: what a rung does when left alone.
    var isPlain: Bool { l2 == nil && focus.isEmpty }
  }

  struct Lift: Sendable {
    var behaviors: [String]
    var factor: Double
  }

  /// What can be proposed at a rung, in the order to try it: first the plain fit, then more weight
  /// on what falls short; of a head also more or less regularisation. Never empty.
  ///
  /// A rung that made the champion's encoder has no plain fit any more: early stopping has settled
  /// that already.
  mutating func variants(at rung: Rung, of champion: Champion) -> [Variant] {
    guard rung == .head else {
      let plain = Variant(words: "all behaviors alike")
      let lifts = lifts([(.short, 1.5), (.worst, 2)], of: champion, l2: nil)
      return champion.encoder?.rung == rung ? lifts : [plain] + lifts
    }
    guard let l2 = champion.l2 else {
      return [Variant(words: "all behaviors alike, regularisation by cross-validation in train")]
    }
    func regularise(by factor: Double, _ word: String) -> Variant {
      Variant(l2: l2 * factor, focus: champion.focus, words: "\(word) regularisation")
    }
    let lifts = lifts(
      [(.short, 1.5), (.worst, 2), (.short, 1.2), (.worst, 1.25)], of: champion, l2: l2)
    return [
      lifts[0], regularise(by: 1.0 / 3, "less"), lifts[1], regularise(by: 3, "more"), lifts[2],
      lifts[3],
    ]
  }

  private enum Lifted { case short, worst }

  private mutating func lifts(
    _ lifts: [(Lifted, factor: Double)], of champion: Champion, l2: Double?
  ) -> [Variant] {
    let short = shortfalls(of: champion.measurement)
    return lifts.map { lifted, factor in
      let names = lifted == .short ? short : Array(short.prefix(1))
      var focus = champion.focus
      for name in names { focus[name, default: 1] *= factor }
      return Variant(
        l2: l2, focus: focus, lift: Lift(behaviors: names, factor: factor),
        words: "\(factor.formatted)× weight on \(names.joined(separator: ", "))")
    }
  }

  /// Tunable behaviors that are not near certain to be shown, the likeliest to fail first: at
  /// least one where there is any, and at most half, since more weight on all is none.
  private mutating func shortfalls(of measurement: Measurement) -> [String] {
    let chances = chanceTable.chances(of: measurement, behaviors: settings.behaviors).behaviors
    let ordered = settings.tunable.sorted {
      let (left, right) = (chances[$0.name] ?? 0, chances[$1.name] ?? 0)
      return left == right ? $0.name < $1.name : left < right
    }
    let short = ordered.filter { (chances[$0.name] ?? 0) < 0.9 }
    return ordered.prefix(max(1, min(short.count, ordered.count / 2))).map(\.name)
  }
}

extension LoopSettings {
  /// Behaviors to tune for that have examples to tune on.
  var tunable: [LoopBehavior] {
    behaviors.filter { !$0.isGuard && $0.trainUnits > 0 && isWanted($0.name) }
  }

  /// Whether a behavior is one of those to tune for.
  func isWanted(_ behavior: String) -> Bool { only.isEmpty || only.contains(behavior) }

  /// The behaviors whose chances decide between candidates.
  var wanted: [LoopBehavior] { behaviors.filter { isWanted($0.name) } }
}

extension Double {
  /// At most two decimals, no trailing zeros; for texts.
  fileprivate var formatted: String {
    let hundredths = (self * 100).rounded() / 100
    return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
  }
}
