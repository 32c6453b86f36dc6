import Foundation
import Statistics
import Suites
import Testing
import Tuning

@Suite("Plans of suites")
struct SuitePlanTests {
  private func behavior(
    _ name: String, sealed: Int, target: Double = 0.9, hope: Double = 0.97, spent: Int = 0
  ) -> LoopBehavior {
    LoopBehavior(
      name: name, target: target, hope: hope, trainUnits: 50, devUnits: 30,
      sealed: SealedPool(units: sealed, budget: 0.05, spent: spent))
  }

  @Test("The documented numbers: 100 sealed units at .90 and .97, five behaviors")
  func documented() throws {
    let plan = SuitePlan(
      behaviors: (1...5).map { behavior("b\($0)", sealed: 100) }, claims: Claims())
    let one = try #require(plan.behaviors.first)
    #expect(Int((one.power * 100).rounded()) == 82)
    #expect(Int((plan.jointPowers[0] * 100).rounded()) == 37)
    #expect(one.unitsForPower == 176)
    #expect(one.unitsWithoutFailure == 34)
    #expect(plan.isFeasible)
    // Bonferroni's bound holds however behaviors depend on each other, and is lower.
    #expect(plan.leastJointPower < plan.jointPowers[0])
    #expect(plan.calls == nil)
  }

  @Test("What counts on average is exact: the mean of the stopping rules")
  func averages() throws {
    let one = try #require(
      SuitePlan(behaviors: [behavior("b", sealed: 100)], claims: Claims()).behaviors.first)
    let level = AlphaSpending(alpha: 0.05).level(attempt: 1)
    let exact = ExactBinomialTest.smallest(target: 0.9, hope: 0.97, alpha: level, beta: 0.1)
    let curtailed = OperatingCharacteristics(of: .curtailed(exact), at: 0.97)
    #expect(abs(one.meanUnitsCurtailed - curtailed.expectedTrials) < 1e-9)
    let sequential = try #require(one.meanUnitsSequential)
    #expect(sequential < one.meanUnitsCurtailed)
    #expect(one.meanUnitsCurtailed < Double(one.unitsForPower))
  }

  @Test("Power falls with the attempts that the ledger has seen")
  func attempts() throws {
    let plan = SuitePlan(
      behaviors: [behavior("b", sealed: 100, spent: 1)], claims: Claims())
    let one = try #require(plan.behaviors.first)
    #expect(one.attempt == 2)
    let spending = AlphaSpending(alpha: 0.05)
    for (ahead, level) in one.levels.enumerated() {
      #expect(level == spending.level(attempt: 2 + ahead))
      let test = ExactBinomialTest(trials: 100, target: 0.9, alpha: level)
      #expect(abs(one.powers[ahead] - (test?.power(at: 0.97) ?? 0)) < 1e-12)
    }
    #expect(one.powers[0] >= one.powers[1] && one.powers[1] > one.powers[2])
  }

  @Test("A plan that cannot succeed says what each way out needs, and each one works")
  func waysOut() throws {
    let few = behavior("b", sealed: 20)
    let one = try #require(SuitePlan(behaviors: [few], claims: Claims()).behaviors.first)
    #expect(!one.isFeasible)
    #expect(one.power == 0)
    func pool(_ units: Int, confidence: Double = 0.95) -> SealedPool {
      SealedPool(units: units, budget: Claims(confidence: confidence).alpha)
    }
    #expect(pool(one.unitsWithoutFailure).test(target: 0.9) != nil)
    #expect(pool(one.unitsWithoutFailure - 1).test(target: 0.9) == nil)
    #expect(pool(one.unitsForPower).power(target: 0.9, at: 0.97) >= 0.9)
    let target = try #require(one.showableTarget)
    #expect(pool(20).power(target: target, at: Claims.defaultHope(target: target)) >= 0.9)
    let clean = try #require(one.confidenceWithoutFailure)
    #expect(pool(20, confidence: clean).test(target: 0.9)?.maximumFailures == 0)
    #expect(pool(20, confidence: clean + 0.01).test(target: 0.9) == nil)
    if let likely = one.confidenceForPower {
      #expect(pool(20, confidence: likely).power(target: 0.9, at: 0.97) >= 0.9)
    }
  }

  @Test("Nothing is sealed, everything is missing, a hope of 1: defined answers")
  func degenerate() throws {
    var missing = behavior("c", sealed: 40, hope: 1)
    missing.sealed.missing = 40
    let plan = SuitePlan(
      behaviors: [behavior("a", sealed: 0), behavior("b", sealed: 50, hope: 1), missing],
      claims: Claims())
    #expect(!plan.isFeasible)
    #expect(plan.behaviors.map(\.isFeasible) == [false, true, false])
    #expect(plan.behaviors[1].power == 1)
    for behavior in plan.behaviors {
      let mean = behavior.meanUnitsSequential ?? 0
      #expect(behavior.meanUnitsCurtailed.isFinite && mean.isFinite)
    }
  }

  private func suite(units: Int, shares: RoleShares = RoleShares()) throws -> DealtSuite {
    let place = SourceLocation(file: "behaviors/b.jsonl")
    let examples = (0..<units).map { index in
      Example(input: "message number \(index)", expected: "b")
    }
    let suite = Suite(
      folder: URL(fileURLWithPath: "/nowhere"), roles: shares,
      behaviors: [
        Behavior(name: "b", requires: "b", target: 0.9, examples: examples, location: place)
      ])
    return try deal(suite, lock: nil).0
  }

  @Test("Calls: all rounds at worst; attempts until one passes, on average")
  func calls() throws {
    let dealt = try suite(units: 400)
    let plan = SuitePlan(dealt, ledger: Ledger(), textsPerSecond: 50)
    let calls = try #require(plan.calls)
    let behavior = try #require(dealt.suite.behaviors.first)
    #expect(calls.devUnits == dealt.units(of: behavior, in: .dev))
    #expect(calls.sealedUnits == dealt.units(of: behavior, in: .sealed))
    #expect(calls.worst.calls == Double(13 * (calls.devUnits + calls.sealedUnits)))
    #expect(calls.textsToEmbed == 400)
    #expect(calls.embeddingSeconds == 8)
    let expected = try #require(calls.expected)
    let (first, second) = (plan.jointPowers[0], plan.jointPowers[1])
    let least = 1 + (1 - first) + (1 - first) * (1 - second)
    #expect(expected.attempts >= least - 1e-12 && expected.attempts < least + 0.2)
  }

  @Test("The gate: exact power, and dev where it is too small")
  func gate() throws {
    let small = try #require(
      SuitePlan(try suite(units: 200), ledger: Ledger()).behaviors.first?.gate)
    #expect(small.servedByDev && small.units == small.devUnits && small.gateUnits < 59)
    let large = try #require(
      SuitePlan(try suite(units: 1500), ledger: Ledger()).behaviors.first?.gate)
    #expect(!large.servedByDev && large.units == large.gateUnits && !large.isTooSmall)
    #expect(large.unitsToShowNoWorse == 59)
    let hope = Claims.defaultHope(target: 0.9)
    let power = McNemar.power(
      trials: large.units, lossRate: hope * (1 - hope + 0.05),
      gainRate: (1 - hope) * (hope - 0.05), alpha: 0.05)
    #expect(abs(large.powerWithChurn - power) < 1e-12)
    let needed = try #require(large.unitsForPower)
    #expect(needed > large.units || large.powerWithChurn > 0.7)
  }

  @Test("Advice on shares lifts the joint power, sums to 1, and is silent where all is well")
  func advice() throws {
    let plan = SuitePlan(try suite(units: 250), ledger: Ledger())
    let advice = try #require(plan.advice)
    #expect(advice.jointPower > plan.jointPowers[0])
    #expect(abs(advice.shares.sum - 1) < 1e-9)
    #expect(advice.shares.sealed > 0.4 && advice.shares.train >= 0.2 && advice.shares.dev >= 0.1)
    #expect(SuitePlan(try suite(units: 1000), ledger: Ledger()).advice == nil)
  }
}
