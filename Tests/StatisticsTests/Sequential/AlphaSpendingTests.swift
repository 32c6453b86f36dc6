import Foundation
import Statistics
import Testing

@Suite("Spending and leaks")
struct AlphaSpendingTests {
  @Test("The levels after a pass sum to no more than the level of that pass")
  func afterPass() {
    let spending = AlphaSpending(alpha: 0.05).afterPass(attempt: 3)
    #expect(spending.alpha == AlphaSpending(alpha: 0.05).level(attempt: 3))
    // Over all histories "passed at i, then at j": Σᵢ Σⱼ.
    let sum = (1...2000).reduce(0.0) { outer, i in
      let next = AlphaSpending(alpha: 0.05).afterPass(attempt: i)
      return (1...2000).reduce(outer) { $0 + next.level(attempt: $1) }
    }
    #expect(sum < 0.05 && sum > 0.0499)
  }

  @Test("A planned number of attempts shares the budget, and then it is spent")
  func planned() {
    let spending = AlphaSpending(alpha: 0.05)
    #expect(spending.level(attempt: 4, planned: 4) == 0.0125)
    #expect(spending.level(attempt: 5, planned: 4) == nil)
    #expect(AlphaSpending(alpha: 0).level(attempt: 1) == 0)
  }

  @Test("Leaks cost by powers of two; what a bit costs in examples has its limits")
  func leaks() {
    #expect(LeakAdjustment.level(alpha: 0.05, bits: 0) == 0.05)
    #expect(LeakAdjustment.level(alpha: 0.05, bits: .infinity) == 0)
    #expect(LeakAdjustment.examplesPerBit(target: 0.9, hope: 0.9) == .infinity)
    #expect(LeakAdjustment.examplesPerBit(target: 0, hope: 0.5) == 0)
    #expect(bernoulliDivergence(0, from: 0.5) == log(2.0))
    #expect(bernoulliDivergence(1, from: 0) == .infinity)
    // d²/(2p(1−p)) for a small difference, without cancellation.
    let small = bernoulliDivergence(0.5 + 1e-9, from: 0.5)
    #expect(abs(small / 2e-18 - 1) < 1e-6)
  }
}
