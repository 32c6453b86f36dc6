import Statistics
import Testing

@Suite("ClaimTest")
struct ClaimTestTests {
  private let test = ClaimTest(margin: 0.05, alpha: 0.05)

  private func verdict(_ passes: Int, _ trials: Int, _ target: Double) -> ClaimTest.Verdict {
    test.verdict(
      passes: passes, trials: trials, target: target,
      adjustedPValue: ClaimTest.pValue(passes: passes, trials: trials, target: target))
  }

  @Test("Exact p-values against a claim", arguments: [(17, 20, 0.9), (0, 3, 0.5), (90, 100, 0.95)])
  func pValues(passes: Int, trials: Int, target: Double) {
    // The sum of the binomial's lower tail, term by term.
    var sum = 0.0
    var term = 1.0
    for k in 0...passes {
      if k > 0 { term *= Double(trials - k + 1) / Double(k) }
      sum += term * pow(target, k) * pow(1 - target, trials - k)
    }
    let pValue = ClaimTest.pValue(passes: passes, trials: trials, target: target)
    #expect(abs(pValue - sum) < 1e-12)
  }

  private func pow(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }

  @Test("Verdicts at the edges")
  func edges() {
    #expect(verdict(0, 0, 0.9) == .undecided)
    #expect(verdict(19, 19, 0.9) == .consistent)  // .85^19 = .0456
    #expect(verdict(18, 18, 0.9) == .undecided)  // .85^18 = .0536
    #expect(verdict(0, 2, 0.9) == .contradicted)
    // Shown to be below, by less than the margin: it contradicts all the same.
    #expect(verdict(8_700, 10_000, 0.88) == .contradicted)
    // A margin that is wider than the claim: any success is enough.
    #expect(verdict(1, 1, 0.03) == .consistent)
    #expect(test.floor(of: 0.03) == 0)
  }

  @Test("The power is the chance of a contradiction, counted outcome by outcome")
  func power() {
    for (trials, target) in [(10, 0.9), (80, 0.85), (400, 0.8)] {
      let level = 0.05 / 4
      let sum = (0...trials).reduce(0.0) { sum, passes in
        ClaimTest.pValue(passes: passes, trials: trials, target: target) <= level
          ? sum
            + binomialCDF(passes, trials: trials, probability: target - 0.05)
            - binomialCDF(passes - 1, trials: trials, probability: target - 0.05) : sum
      }
      #expect(abs(test.power(trials: trials, target: target, level: level) - sum) < 1e-9)
      let needed = test.trialsToSee(target: target, level: level)
      #expect(test.power(trials: needed, target: target, level: level) >= 0.8)
      #expect(test.power(trials: needed / 2, target: target, level: level) < 0.8)
    }
  }
}
