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
      var least = Spending(pool: pool, spent: 0, share: 1)
      for attempt in attempts where attempt.pools.contains(where: { $0.pool == pool.id }) {
        least.spent += 1
        if attempt.outcome == .passed {
          least.share = Self.level(share: least.share, attempt: least.spent)
          least.spent = 0
        }
      }
      let said = Self.level(share: pool.share, attempt: pool.spent + 1)
      return said > Self.level(share: least.share, attempt: least.spent + 1) * (1 + 1e-9)
        ? least : nil
    }
  }

  /// What attempt k may spend, as a fraction of the whole error budget: `share`·6/(π²k²).
  private static func level(share: Double, attempt k: Int) -> Double {
    share * 6 / (Double.pi * Double.pi * Double(k) * Double(k))
  }
}
