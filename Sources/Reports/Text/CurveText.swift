package import Statistics
package import Tuning

/// A learning curve in a sentence or two.
package enum CurveText {
  /// For example
  /// ```
  /// with 1/8, 1/4, 1/2, all of train: 71.0, 78.2, 82.4, 84.1 %; about 240 more train examples (120
  /// to 600) would bring it to the 90.0 % it needs
  /// ```
  package static func sentence(_ outlook: LearningOutlook) -> String {
    points(outlook.curve) + "; " + forecast(outlook)
  }

  /// For example
  /// ```
  /// with 1/8, 1/4, 1/2, all of train: 71.0, 78.2, 82.4, 84.1 %; with twice as many about 86.0 % (85.0
  /// to 88.3)
  /// ```
  package static func sentence(_ curve: BehaviorCurve) -> String {
    points(curve) + "; " + doubled(curve.curve)
  }

  package static func points(_ curve: BehaviorCurve) -> String {
    let shares = curve.shares.map { $0 == 1 ? "all" : "1/\(Int((1 / $0).rounded()))" }
    let rates = curve.curve.rates.map(bare)
    return "with \(shares.joined(separator: ", ")) of train: \(rates.joined(separator: ", ")) %"
  }

  /// Where twice as many examples would lead.
  package static func doubled(_ curve: LearningCurve) -> String {
    let (estimate, range) = curve.rate(at: 2 * (curve.sizes.last ?? 0))
    return "with twice as many about \(bare(estimate)) % (\(between(range)))"
  }

  private static func forecast(_ outlook: LearningOutlook) -> String {
    let goal = "the \(bare(outlook.goal)) % it needs"
    if outlook.isThere { return "that is \(goal), so train examples are not what it lacks" }
    switch outlook.forecast {
    case .reached:
      guard let missing = outlook.missing else { break }
      let examples = Format.count(missing.units, "more train example")
      return "about \(examples) (\(missing.lower) to \(missing.upper)) would bring it to \(goal)"
    case .perhaps(let size, let least):
      let (more, fewest) = (outlook.added(for: size), outlook.added(for: least))
      return "perhaps \(Format.count(more, "more train example")) would bring it to \(goal), "
        + "hardly fewer than \(fewest), and it may stop short of that"
    case .outOfReach(let estimate, let range):
      return "it flattens: \(Int(LearningCurve.horizon)) times as many train examples would give "
        + "about \(bare(estimate)) % (\(between(range))), not \(goal), so more of the same will "
        + "not do"
    case .unknown:
      break
    }
    return "\(outlook.curve.units) dev units are too few to say whether more train examples would "
      + "bring it to \(goal)"
  }

  private static func between(_ range: Interval) -> String {
    "\(bare(range.lower)) to \(bare(range.upper))"
  }

  private static func bare(_ rate: Double) -> String {
    Format.percent(rate).replacing(" %", with: "")
  }
}
