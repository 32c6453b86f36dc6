import Statistics
import Testing

@Suite("Design effect")
struct DesignEffectTests {
  @Test("Units of one cluster that are all alike count once")
  func extremes() {
    #expect(DesignEffect(clusterSize: 10, correlation: 1).effectiveUnits(1000) == 100)
    #expect(DesignEffect(clusterSize: 10, correlation: 0).effectiveUnits(1000) == 1000)
    #expect(DesignEffect(clusterSize: 1, correlation: 0.7).factor == 1)
    #expect(DesignEffect(clusterSize: 3, correlation: -0.5).effectiveUnits(9) == .infinity)
    #expect(DesignEffect(clusterSize: 3, correlation: -0.5).effectiveUnits(0) == 0)
  }

  @Test("Large clusters weigh by their units")
  func unequal() {
    let effect = DesignEffect(clusterSizes: [1, 1, 8], correlation: 0.5)
    #expect(abs(effect.factor - (1 + (6.6 - 1) * 0.5)) < 1e-15)
    #expect(DesignEffect(clusterSizes: [], correlation: 0.5).factor == 1)
    #expect(
      DesignEffect(clusterSizes: [4, 4], correlation: 0.3)
        == DesignEffect(clusterSize: 4, correlation: 0.3))
  }
}
