package import Suites
import Tuning

/// What the attempts of all runs have left of one behavior's error budget: `hone.lock` as it is now.
public struct LedgerRow: Sendable, Encodable {
  public var behavior: String
  /// Made so far, by any run.
  public var attempts: Int
  /// Independent sealed units that the next attempt would count.
  public var units: Int
  /// Of those, gone or changed since an attempt: they count as failures.
  public var missing: Int
  /// Of the whole error budget, a fraction: what attempts that passed have left.
  public var share: Double
  /// At which the next attempt would test.
  public var nextLevel: Double

  package static func all(in suite: DealtSuite) -> [LedgerRow] {
    let alpha = 1 - suite.suite.claims.confidence
    return LoopBehavior.all(in: suite, ledger: suite.ledger).map { behavior in
      LedgerRow(
        behavior: behavior.name,
        attempts: suite.ledger.attempts.count { attempt in
          attempt.pools.contains { $0.behavior == behavior.name }
        },
        units: behavior.sealed.units, missing: behavior.sealed.missing,
        // To a millionth: what is left of a sum of decimals is not to be seen.
        share: (behavior.sealed.budget / alpha * 1e6).rounded() / 1e6,
        nextLevel: behavior.sealed.level)
    }
  }
}
