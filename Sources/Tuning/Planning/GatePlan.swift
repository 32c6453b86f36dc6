import Statistics

/// What the regression test of one behavior will be able to see.
///
/// The test pairs a new checkpoint with the baseline on the same units. A regression is shown by
/// the exact one-sided test of the flips (McNemar), at the first level of Holm's over all
/// behaviors; that it is *not* worse by the margin, by the exact bound on losses.
public struct GatePlan: Sendable, Hashable, Codable {
  /// Units of the `gate` role.
  public var gateUnits: Int
  public var devUnits: Int
  /// The role that serves: `dev` where the gate is too small and `dev` is larger. Its baseline is
  /// optimistic then, since candidates were chosen on it.
  public var servedByDev: Bool
  /// Units of the role that serves.
  public var units: Int
  /// The drop of the pass rate from `hope` that is to be seen.
  public var margin: Double
  /// The level for one behavior: α/m. Where `dev` serves, the checkpoints that a baseline is taken to
  /// be chosen from there divide it once more.
  public var level: Double
  /// The chance of seeing the drop if the two checkpoints fail independently: much churn.
  public var powerWithChurn: Double
  /// The chance of seeing it if every flip is a loss, which is the best case.
  public var powerWithoutChurn: Double
  /// Units that see the drop in 8 of 10 cases with churn; nil where 2²⁰ would not.
  public var unitsForPower: Int?
  /// Units with which no flip at all shows that the drop did not happen.
  public var unitsToShowNoWorse: Int

  /// The margin that the regression test uses where nobody says otherwise.
  public static let defaultMargin = 0.05

  /// Whether the role that serves is too small to show even of a faultless checkpoint that it is
  /// not worse.
  public var isTooSmall: Bool { units < unitsToShowNoWorse }

  init(
    gateUnits: Int, devUnits: Int, hope: Double, level: Double, alpha: Double, margin: Double,
    unitsForPower: Int?
  ) {
    let enough = zeroFailureSampleSize(target: 1 - margin, alpha: alpha)
    self.gateUnits = gateUnits
    self.devUnits = devUnits
    servedByDev = gateUnits < enough && devUnits > gateUnits
    units = servedByDev ? devUnits : gateUnits
    self.margin = margin
    self.level = level
    let alarm = servedByDev ? level / Double(Comparison.assumedCandidates) : level
    unitsToShowNoWorse = enough
    self.unitsForPower = unitsForPower
    let churn = Self.churn(hope: hope, margin: margin)
    powerWithChurn = McNemar.power(
      trials: units, lossRate: churn.losses, gainRate: churn.gains, alpha: alarm)
    powerWithoutChurn = McNemar.power(
      trials: units, lossRate: min(margin, hope), gainRate: 0, alpha: alarm)
  }

  /// Rates of flips between two checkpoints that fail independently, `margin` apart.
  static func churn(hope: Double, margin: Double) -> (losses: Double, gains: Double) {
    let after = max(0, hope - margin)
    return (hope * (1 - after), (1 - hope) * after)
  }

  /// Units for a power of 0.8 with churn.
  static func unitsForPower(hope: Double, level: Double, margin: Double) -> Int? {
    let churn = churn(hope: hope, margin: margin)
    return McNemar.smallestTrials(
      power: 0.8, lossRate: churn.losses, gainRate: churn.gains, alpha: level)
  }
}
