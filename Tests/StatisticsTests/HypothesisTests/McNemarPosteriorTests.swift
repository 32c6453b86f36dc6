import Statistics
import Testing

@Suite("Posterior of being better")
struct McNemarPosteriorTests {
  @Test("Even without flips and with as many either way; both sides sum to one")
  func symmetry() {
    for flips in [0, 1, 40, 1_000_000_000] {
      #expect(abs(McNemar.posteriorBetter(gains: flips, losses: flips) - 0.5) < 1e-12)
    }
    for (gains, losses) in [(1, 0), (7, 3), (400, 450)] {
      let sum =
        McNemar.posteriorBetter(gains: gains, losses: losses)
        + McNemar.posteriorBetter(gains: losses, losses: gains)
      #expect(abs(sum - 1) < 1e-12)
    }
    #expect(McNemar.posteriorBetter(gains: 1, losses: 0) == 0.75)
  }
}
