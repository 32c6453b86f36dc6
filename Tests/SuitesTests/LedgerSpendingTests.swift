import Suites
import TestSupport
import Testing

@Suite("A ledger that was put together from two")
struct LedgerSpendingTests {
  /// A ledger of one pool, as attempts with these outcomes leave it.
  private static func ledger(_ outcomes: [Attempt.Outcome]) -> Ledger {
    var pool = Pool(id: 1, name: "a")
    var attempts: [Attempt] = []
    for (place, outcome) in outcomes.enumerated() {
      pool.spent += 1
      attempts.append(
        Attempt(
          number: place + 1, checkpoint: "c\(place)", key: "k\(place)",
          pools: [
            AttemptPool(
              pool: 1, behavior: "a", trials: 100, maximumFailures: 4, target: 0.9, level: 0.01,
              index: pool.spent, budget: 0.05)
          ], outcome: outcome))
      if outcome == .passed {
        pool.share *= 6 / (Double.pi * Double.pi * Double(pool.spent * pool.spent))
        pool.spent = 0
      }
    }
    return Ledger(pools: [pool], attempts: attempts)
  }

  private func findings(_ ledger: Ledger) throws -> [SuiteFinding] {
    let suite = try ScratchFolder([
      "hone.yaml": "hone: 1\npopulation: p\n",
      "behaviors/a.yaml": "requires: r\nexpect: a\nexamples: [{ input: one }, { input: two }]\n",
      "behaviors/b.yaml": "requires: r\nexpect: b\nexamples: [{ input: three }]\n",
    ]).suite()
    return check(try deal(suite, lock: SuiteLock(ledger: ledger)).0).filter { $0.kind == .ledger }
  }

  @Test("What Hone writes is never complained of")
  func sound() throws {
    var generator = SeededGenerator(5)
    for count in 0..<12 {
      for _ in 0..<8 {
        let outcomes = (0..<count).map { index -> Attempt.Outcome in
          if index == count - 1, Bool.random(using: &generator) { return .open }
          return Int.random(in: 0..<4, using: &generator) == 0 ? .passed : .failed
        }
        #expect(try findings(Self.ledger(outcomes)).isEmpty, "\(outcomes)")
      }
    }
  }

  @Test("Both attempts kept, and what they spent once: named, with what to write")
  func merged() throws {
    // Both branches went from one failed attempt to two: git merges `spent: 2` without a conflict.
    var merged = Self.ledger([.failed, .failed, .failed])
    merged.pools[0].spent = 2
    let finding = try #require(try findings(merged).first)
    #expect(
      finding.description
        == "hone.lock: error: pool 1, of 'a', says 'spent: 2' and 'share: 1.0'; the"
        + " attempts on it have spent more, as after a merge of branches that made one each. Write"
        + " 'spent: 3' and 'share: 1.0' there")
    merged.pools[0].spent = 3
    #expect(try findings(merged).isEmpty)

    // Both passed.
    let passed = Self.ledger([.passed, .passed])
    merged = passed
    merged.pools[0].share = Self.ledger([.passed]).pools[0].share
    let suggestion = try #require(try findings(merged).first?.suggestion)
    #expect(suggestion == "Write 'spent: 0' and 'share: \(passed.pools[0].share)' there")
  }

  @Test("Pools that served one attempt and are open now have nothing to spend")
  func usedUp() throws {
    var ledger = Self.ledger([.failed, .failed])
    ledger.pools[0].spent = 0
    ledger.pools[0].isUsedUp = true
    #expect(try findings(ledger).isEmpty)
  }
}
