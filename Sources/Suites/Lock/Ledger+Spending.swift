extension Ledger {
  /// What the attempts on a pool have spent of it at least.
  struct Spending: Hashable {
    var pool: Pool
    /// Attempts since the share was set.
    var spent: Int
    /// What is left at most.
    var share: Double
  }

  /// Pools that say they have more left than the attempts on them leave.
  ///
  /// Hone writes none. Two branches that each made an attempt leave one, where their ledgers were put
  /// together and what both have spent was not.
  var underspent: [Spending] {
    pools.filter { !$0.isUsedUp }.compactMap { pool in
      let least = spending(of: pool) { _ in true }
      let said = Self.level(share: pool.share, attempt: pool.spent + 1)
      return said > Self.level(share: least.share, attempt: least.spent + 1) * (1 + 1e-9)
        ? least : nil
    }
  }

  /// The whole error budget, 1 − confidence, of which an attempt claimed a behavior.
  package func alpha(of claim: AttemptPool, in attempt: Attempt) -> Double {
    guard let pool = pools.first(where: { $0.id == claim.pool }), !pool.isUsedUp else {
      return claim.budget
    }
    return claim.budget / spending(of: pool) { $0.number < attempt.number }.share
  }

  /// What some of the attempts on a pool have spent of it.
  private func spending(of pool: Pool, counting counts: (Attempt) -> Bool) -> Spending {
    var spending = Spending(pool: pool, spent: 0, share: 1)
    for attempt in attempts
    where counts(attempt) && attempt.pools.contains(where: { $0.pool == pool.id }) {
      spending.spent += 1
      if attempt.outcome == .passed {
        spending.share = Self.level(share: spending.share, attempt: spending.spent)
        spending.spent = 0
      }
    }
    return spending
  }

  /// What attempt k may spend, as a fraction of the whole error budget: `share`·6/(π²k²).
  private static func level(share: Double, attempt k: Int) -> Double {
    share * 6 / (Double.pi * Double.pi * Double(k) * Double(k))
  }
}
