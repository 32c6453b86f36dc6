public import Suites

/// Other role shares for the same units, where they would lift the chance that all is shown.
///
/// Roles that are dealt stay: the advice is for a suite that has none yet, and for new clusters.
public struct SharesAdvice: Sendable, Hashable, Codable {
  public var shares: RoleShares
  /// Of the next attempt, if all units had been dealt so.
  public var jointPower: Double

  /// `train` and `dev` keep at least so much.
  static let leastTrain = 0.2
  static let leastDev = 0.1
  /// The joint power that is good enough.
  static let goal = 0.9
  /// A lift smaller than this is not worth a word.
  static let worthwhile = 0.05

  /// Looks for the smallest sealed share, in steps of .05, that reaches the goal, else for the one
  /// that lifts the joint power most; it is taken from `train` and `dev` in proportion.
  ///
  /// - Parameters:
  ///   - units: Of each behavior, over all roles; shape [behaviors].
  ///   - jointPower: The joint power now.
  /// - Returns: Nil where no other split is worth it.
  init?(
    _ behaviors: [LoopBehavior], units: [Int], shares: RoleShares, jointPower now: Double
  ) {
    guard now < Self.goal, !behaviors.isEmpty else { return nil }
    var best: (shares: RoleShares, power: Double)?
    for twentieths in 1...20 {
      let sealed = Double(twentieths) / 20
      guard sealed > shares.sealed + 1e-9, let split = Self.split(shares, sealed: sealed) else {
        continue
      }
      let power = Self.jointPower(behaviors, units: units, sealedShare: sealed)
      if power > (best?.power ?? now + Self.worthwhile) { best = (split, power) }
      if power >= Self.goal { break }
    }
    guard let best else { return nil }
    self.shares = best.shares
    jointPower = best.power
  }

  private static func split(_ shares: RoleShares, sealed: Double) -> RoleShares? {
    let (old, left) = (shares.train + shares.dev, 1 - sealed - shares.gate)
    guard old > 0, left > 0 else { return nil }
    let dev = max(leastDev, (left * shares.dev / old * 100).rounded() / 100)
    let train = ((left - dev) * 100).rounded() / 100
    guard train >= leastTrain - 1e-9 else { return nil }
    return RoleShares(train: train, dev: dev, gate: shares.gate, sealed: sealed)
  }

  private static func jointPower(
    _ behaviors: [LoopBehavior], units: [Int], sealedShare: Double
  ) -> Double {
    zip(behaviors, units).reduce(1) { product, pair in
      var pool = pair.0.sealed
      pool.units = pool.missing + Int(sealedShare * Double(pair.1))
      return product * pool.power(target: pair.0.target, at: pair.0.hope)
    }
  }
}
