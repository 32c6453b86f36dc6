public import Statistics

/// What more `train` examples would do for one behavior, as far as its learning curve tells.
///
/// Examples of the same kind as those there are, the other behaviors' growing alike. All ranges hold
/// the middle 80 % of what the curve gives when its units are drawn again.
public struct LearningOutlook: Sendable, Hashable, Codable {
  public var curve: BehaviorCurve
  /// The pass rate that it would need.
  public var goal: Double
  /// Where the curve stands with all of `train`, and where it would be with twice as much.
  public var now: Double
  public var doubled: Double
  public var doubledRange: Interval
  public var forecast: LearningCurve.Forecast

  /// A range of rates wider than this says too little to be told.
  static let widest = 0.1

  init(_ curve: BehaviorCurve, goal: Double) {
    self.curve = curve
    self.goal = goal
    let size = curve.curve.sizes.last ?? 0
    now = curve.curve.rate(at: size).estimate
    (doubled, doubledRange) = curve.curve.rate(at: 2 * size)
    forecast = curve.curve.forecast(reaching: goal)
  }

  /// Units of `train` there are.
  public var learned: Int { curve.learned }

  /// What twice as many examples would add to the pass rate; nil where the curve is too loose.
  public var gainOfDoubling: Double? {
    doubledRange.upper - doubledRange.lower <= Self.widest ? max(0, doubled - now) : nil
  }

  /// Whether the curve is at the goal as it is: then more examples are not what is missing.
  public var isThere: Bool { (curve.curve.rates.last ?? 0) >= goal }

  /// Units to add for the goal, and the range of that; nil where it cannot be said.
  public var missing: (units: Int, lower: Int, upper: Int)? {
    guard !isThere, case .reached(let size, let range) = forecast else { return nil }
    return (added(for: size), added(for: range.lower), added(for: range.upper))
  }

  /// Units to add for a size of the curve, one at least.
  public func added(for size: Double) -> Int {
    max(1, Int((size - Double(learned)).rounded(.up)))
  }
}
