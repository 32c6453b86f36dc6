import Foundation
import Statistics
import Suites
import Tuning

/// What `dev` says of one behavior unit by unit: the logarithm of a likelihood ratio, "at its hope"
/// over "at its target", on its way to one of two boundaries.
///
/// ```
///   3.0 ─────────────────── ln 1/α: more than the target, at level α, had nothing been chosen here
///         _/\__/
///     0 _/
///  −2.3 ─────────────────── ln β: not worth going on
/// ```
///
/// Units stand in order of their ids, which are hashes. The champion was chosen on `dev`, which
/// flatters it: the path is to be looked at, and shows nothing. Of a sealed set that was revealed it
/// shows what an attempt, which counts all units at once, saw. Source: Wald (1945).
public struct EvidencePath: Sendable, Encodable {
  /// After 0, 1, 2, … units; thinned to at most `most` places.
  public var values: [Double]
  /// Units at each place. Shape [values].
  public var units: [Int]
  /// ln 1/α and ln β.
  public var upper: Double
  public var lower: Double

  static let beta = 0.1
  static let most = 200

  /// - Returns: Nil where the run did not note its units and `dev` is not what was measured, and where
  ///   any of them is sealed by now.
  init?(
    of behavior: LoopBehavior, _ measured: BehaviorMeasurement, texts: ExampleTexts, alpha: Double
  ) {
    let failed = Set(measured.failures.map(\.example))
    guard let passed = measured.passed?.map(\.example) ?? texts.units(of: measured)?.map(\.id)
    else { return nil }
    let ids = (Array(failed) + passed).sorted()
    guard texts.sealed.isDisjoint(with: ids) else { return nil }
    self.init(
      passes: ids.map { !failed.contains($0) }, target: behavior.target, hope: behavior.hope,
      alpha: alpha)
  }

  /// - Parameter passes: In order of the units' ids.
  /// - Returns: Nil without a unit, and where target and hope make no test.
  init?(passes: [Bool], target: Double, hope: Double, alpha: Double) {
    guard !passes.isEmpty, hope > target, hope < 1 else { return nil }
    let test = BernoulliSPRT(target: target, hope: hope, alpha: alpha, beta: Self.beta)
    let stride = max(1, (passes.count + Self.most - 1) / Self.most)
    (values, units) = ([0], [0])
    var passed = 0
    for (place, isPass) in passes.enumerated() {
      if isPass { passed += 1 }
      let count = place + 1
      guard count % stride == 0 || count == passes.count else { continue }
      values.append(test.logLikelihoodRatio(successes: passed, failures: count - passed))
      units.append(count)
    }
    (upper, lower) = (-log(alpha), log(Self.beta))
  }
}
