public import Statistics

/// What is left to spend on one behavior's sealed examples.
///
/// Attempt k is made at `budget`·6/(π²k²), so all attempts that follow "fail, fail, …" sum to at
/// most `budget`. A pass at attempt k leaves that attempt's level as the budget of whatever
/// comes after, counted again from k = 1. Where every attempt takes fresh examples (`FreshReserve`)
/// a pass leaves the whole budget.
public struct SealedPool: Sendable, Hashable, Codable {
  /// Independent units that an attempt counts: one per sealed cluster, and those that are missing.
  public var units: Int
  /// Units of earlier attempts that are gone or were changed since; each counts as a failure.
  public var missing: Int
  public var budget: Double
  /// Attempts charged since the budget was set.
  public var spent: Int
  /// Where attempts use examples up; nil where all attempts count the same ones, verdict only.
  public var fresh: FreshReserve?

  public init(units: Int, missing: Int = 0, budget: Double, spent: Int = 0) {
    self.units = units
    self.missing = missing
    self.budget = budget
    self.spent = spent
  }

  /// The level of the next attempt.
  public var level: Double { AlphaSpending(alpha: budget).level(attempt: spent + 1) }

  /// The exact test that the next attempt makes; nil where not even a clean sheet would show it.
  public func test(target: Double) -> ExactBinomialTest? {
    let key = TestKey(units: units, target: target, level: level)
    let test = Self.tests.value(for: key) {
      ExactBinomialTest(trials: units, target: target, alpha: key.level)
    }
    guard let test, test.maximumFailures >= missing else { return nil }
    return test
  }

  private struct TestKey: Hashable {
    var units: Int
    var target: Double
    var level: Double
  }

  private static let tests = Remembered<TestKey, ExactBinomialTest?>()

  /// The chance that the next attempt passes, after `passes` of `trials` on `dev`.
  ///
  /// Predictive under a uniform prior on the pass rate. 0 where the test does not exist.
  public func predictiveChance(target: Double, passes: Int, trials: Int) -> Double {
    guard let test = test(target: target) else { return 0 }
    let fresh = BetaBinomial(
      trials: units - missing, alpha: Double(trials - passes) + 1, beta: Double(passes) + 1)
    return fresh.cdf(test.maximumFailures - missing)
  }

  /// The chance that the next attempt passes if the true pass rate is `rate`.
  public func power(target: Double, at rate: Double) -> Double {
    guard let test = test(target: target) else { return 0 }
    return binomialCDF(
      test.maximumFailures - missing, trials: units - missing, probability: 1 - rate)
  }

  package mutating func charge() {
    spent += 1
  }

  package mutating func settle(passed: Bool) {
    guard passed else { return }
    budget = fresh?.wholeBudget ?? AlphaSpending(alpha: budget).level(attempt: spent)
    spent = 0
  }
}
