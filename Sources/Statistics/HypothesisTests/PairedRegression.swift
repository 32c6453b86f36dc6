/// The regression test of one behavior: a new model and a baseline on the same units, of which it
/// sees those that flipped.
///
/// It says that the new model is not worse by more than a margin, that it is worse, or neither. What
/// is shown to be worse by less than the margin is not worse by more than it: that counts first.
///
/// Source: Tango (1998) for the margin, with the exact bound on losses where nothing was gained;
/// McNemar's exact one-sided test for the regression.
public struct PairedRegression: Sendable, Hashable, Codable {
  /// δ: the drop of the pass rate that is put up with, in (0, 1).
  public let margin: Double
  /// The error probability of "not worse", in (0, 0.5].
  public let alpha: Double

  public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not worse by more than the margin.
    case pass
    /// Worse.
    case regressed
    /// Neither is shown.
    case undecided
  }

  /// - Precondition: Margin and alpha are as above.
  public init(margin: Double, alpha: Double) {
    precondition(margin > 0 && margin < 1, "a margin is a drop of a rate")
    precondition(alpha > 0 && alpha <= 0.5, "a level lies in 0...0.5")
    self.margin = margin
    self.alpha = alpha
  }

  /// The p-value against "as good as before". Of many behaviors, adjust it (`holm`).
  ///
  /// - Precondition: Counts are not negative.
  public static func pValueOfRegression(gains: Int, losses: Int) -> Double {
    McNemar.exactOneSided(gains: losses, losses: gains)
  }

  /// What the flips show.
  ///
  /// - Parameters:
  ///   - gains: Units that only the new model passes.
  ///   - losses: Units that only the baseline passes.
  ///   - trials: All units that both answered. None: undecided.
  ///   - adjustedPValue: `pValueOfRegression`, adjusted for the number of behaviors.
  /// - Precondition: Counts are not negative, and flips are among the trials.
  public func verdict(
    gains: Int, losses: Int, trials: Int, adjustedPValue: Double
  ) -> Verdict {
    if isNotWorse(gains: gains, losses: losses, trials: trials) { return .pass }
    return trials > 0 && adjustedPValue <= alpha ? .regressed : .undecided
  }

  /// Whether the lower bound of θ − θ_baseline at 1 − alpha lies above −margin.
  public func isNotWorse(gains: Int, losses: Int, trials: Int) -> Bool {
    guard trials > 0 else { return false }
    let pValue =
      gains == 0
      ? NonInferiority.exactLosses(losses: losses, trials: trials, margin: margin)
      : NonInferiority.tango(gains: gains, losses: losses, trials: trials, margin: margin).pValue
    return pValue <= alpha
  }

  /// Bounds of θ − θ_baseline, each one-sided at 1 − alpha. −1...1 without trials.
  ///
  /// Exact on the side on which every flip goes, and nominal (Tango) elsewhere.
  public func bounds(gains: Int, losses: Int, trials: Int) -> Interval {
    let score = Interval.tango(
      gains: gains, losses: losses, trials: trials, alpha: min(1, 2 * alpha))
    return Interval(
      lower: gains == 0
        ? PairedExact.lowerBound(losses: losses, trials: trials, alpha: alpha) : score.lower,
      upper: losses == 0
        ? -PairedExact.lowerBound(losses: gains, trials: trials, alpha: alpha) : score.upper)
  }
}

// MARK: - Planning

extension PairedRegression {
  /// The units with which no flip at all shows "not worse": a gate with fewer is too small.
  public var unitsEnough: Int { zeroFailureSampleSize(target: 1 - margin, alpha: alpha) }

  /// The chance of the verdict `regressed`, before any unit is seen.
  ///
  /// - Parameters:
  ///   - trials: Units, those on which both agree included. 0: no chance.
  ///   - lossRate: The true share of units that only the baseline passes.
  ///   - gainRate: The true share of units that only the new model passes.
  ///   - level: Of this one test: alpha over the number of behaviors, for the first step of Holm's.
  /// - Precondition: trials ≥ 0; rates are not negative and sum to 1 at most.
  ///
  /// Source: enumeration of the trinomial distribution.
  public func chanceOfAlarm(
    trials: Int, lossRate: Double, gainRate: Double, level: Double
  ) -> Double {
    guard trials > 0 else { return 0 }
    let silent = NonInferiority.pairedPower(
      trials: trials, gainRate: gainRate, lossRate: lossRate
    ) { gains, losses in
      !alarms(gains: gains, losses: losses, trials: trials, level: level)
    }
    return max(0, 1 - silent)
  }

  /// The number of units that would decide, if they flip at the rates seen: the fewest, up to the
  /// saw-tooth of exact tests.
  ///
  /// - Parameter level: As for `chanceOfAlarm`.
  /// - Returns: At least `trials`; without trials, the units that show "not worse" where nothing
  ///   flips. Nil where none up to 2⁶⁰ would do.
  public func trialsToDecide(gains: Int, losses: Int, trials: Int, level: Double) -> Int? {
    guard trials > 0 else { return unitsEnough }
    func scaled(_ count: Int, to units: Int) -> Int {
      Int((Double(count) / Double(trials) * Double(units)).rounded())
    }
    return smallestWhole(from: trials) { units in
      let losses = min(units, scaled(losses, to: units))
      let gains = min(units - losses, scaled(gains, to: units))
      return isNotWorse(gains: gains, losses: losses, trials: units)
        || Self.pValueOfRegression(gains: gains, losses: losses) <= level
    }
  }

  private func alarms(gains: Int, losses: Int, trials: Int, level: Double) -> Bool {
    Self.pValueOfRegression(gains: gains, losses: losses) <= level
      && !isNotWorse(gains: gains, losses: losses, trials: trials)
  }
}
