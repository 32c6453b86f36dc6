import Statistics
import Testing

@Suite("Conformal risk control")
struct ConformalRiskControlTests {
  @Test("Settings may come in any order; one bad setting above spoils those below")
  func order() throws {
    let control = try ConformalRiskControl(
      lambdas: [3, 1, 2], risks: [0, 0.2, 0.05], calibrationCount: 99, alpha: 0.1)
    #expect(control.lambdas == [1, 2, 3])
    #expect(control.threshold == 2)
    let bumpy = try ConformalRiskControl(
      lambdas: [1, 2, 3], risks: [0.05, 0.2, 0], calibrationCount: 99, alpha: 0.1)
    #expect(bumpy.threshold == 3)
  }

  @Test("Without units, or without settings, nothing is promised")
  func empty() throws {
    let blind = try ConformalRiskControl(
      lambdas: [1], risks: [0], calibrationCount: 0, alpha: 0.1)
    #expect(blind.adjustedRisks == [1])
    #expect(blind.threshold == nil)
    let none = try ConformalRiskControl(
      lambdas: [], risks: [], calibrationCount: 50, alpha: 0.1)
    #expect(none.threshold == nil)
  }

  @Test("The risk of the next unit is at most α on average")
  func control() throws {
    // A unit's loss is 1 until λ reaches its uniform level: the risk at λ is 1 − λ.
    var generator = SeededGenerator(seed: 9)
    let lambdas = (0...50).map { Double($0) / 50 }
    let runs = 4000
    let risk = try (0..<runs).reduce(0.0) { sum, _ in
      let levels = (0..<40).map { _ in generator.nextUniform() }
      let control = try ConformalRiskControl(
        lambdas: lambdas,
        risks: lambdas.map { lambda in Double(levels.count { $0 > lambda }) / 40 },
        calibrationCount: 40, alpha: 0.1)
      return sum + 1 - (control.threshold ?? 1)
    }
    #expect(risk / Double(runs) <= 0.1)
    #expect(risk / Double(runs) > 0.05)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.self) {
      try ConformalRiskControl(lambdas: [1, 2], risks: [1], calibrationCount: 9, alpha: 0.1)
    }
    #expect(throws: StatisticsError.notFinite(argument: "lambdas", index: 0)) {
      try ConformalRiskControl(lambdas: [.nan], risks: [1], calibrationCount: 9, alpha: 0.1)
    }
    #expect(throws: StatisticsError.self) {
      try ConformalRiskControl(lambdas: [1], risks: [1.5], calibrationCount: 9, alpha: 0.1)
    }
  }
}
