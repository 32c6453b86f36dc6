import Foundation
import Statistics
import Testing

@Suite("Planning comparisons and replies")
struct ComparisonPlanTests {
  @Test("Sample size and detectable effect are each other's inverse")
  func inverse() throws {
    let plan = PairedComparisonPlan(
      varianceBetweenExamples: 0.1, noiseA: 0.05, noiseB: 0.2, repliesA: 2, repliesB: 5)
    #expect(abs(plan.varianceOfDifference - (0.1 + 0.025 + 0.04)) < 1e-15)
    let effect = plan.minimumDetectableEffect(examples: 300, alpha: 0.05, power: 0.8)
    #expect(abs(plan.sampleSize(detecting: effect, alpha: 0.05, power: 0.8) - 300) < 1e-9)
    #expect(plan.sampleSize(detecting: -effect, alpha: 0.05, power: 0.8) > 299)
    #expect(plan.minimumDetectableEffect(examples: 0, alpha: 0.05, power: 0.8) == .infinity)
    #expect(plan.sampleSize(detecting: 0, alpha: 0.05, power: 0.8) == .infinity)
    #expect(plan.wholeSampleSize(detecting: 0, alpha: 0.05, power: 0.8) == nil)
    let still = PairedComparisonPlan(varianceBetweenExamples: 0)
    #expect(still.sampleSize(detecting: 0.1, alpha: 0.05, power: 0.8) == 0)
    // A power below alpha/2 asks for nothing.
    #expect(plan.sampleSize(detecting: 0.1, alpha: 0.5, power: 0.01) == 0)
  }

  @Test("The size for Cohen's h has the power that was asked for, with both tails")
  func cohen() {
    for power in [0.06, 0.5, 0.8, 0.999999] {
      let h = TwoProportionPlan.effectSize(0.93, 0.9)
      let n = TwoProportionPlan.sampleSize(effectSize: h, alpha: 0.05, power: power)
      let shift = h * (n / 2).squareRoot()
      let z = -normalQuantile(0.025)
      #expect(abs(normalCDF(shift - z) + normalCDF(-shift - z) - power) < 1e-12)
    }
    #expect(TwoProportionPlan.sampleSize(effectSize: 0, alpha: 0.05, power: 0.8) == .infinity)
    #expect(TwoProportionPlan.sampleSize(effectSize: 0.1, alpha: 0.05, power: 0.04) == 0)
    #expect(TwoProportionPlan.effectSize(1, 0) == Double.pi)
  }

  @Test("The score test's sizes at the ends, and for equal rates")
  func score() {
    func n(_ rate: Double, _ reference: Double) -> Double {
      TwoProportionPlan.sampleSize(rate: rate, reference: reference, alpha: 0.05, power: 0.8)
    }
    #expect(n(0.5, 0.5) == .infinity)
    #expect(n(1, 0) > 0 && n(1, 0) < 3)
    #expect(n(0.93, 0.9) == n(0.9, 0.93))
    #expect(abs(n(0.1, 0.07) - n(0.9, 0.93)) < 1e-6)
  }

  @Test("K* replies leave the least variance for a budget")
  func replies() throws {
    let replies = RepeatedReplies(varianceBetween: 0.05, varianceWithin: 0.15)
    let optimum = replies.optimalReplies(costPerExample: 12, costPerReply: 1)
    #expect(abs(optimum - 6) < 1e-12)
    func loss(_ k: Int, _ example: Double, _ reply: Double) -> Double {
      replies.varianceOfMean(examples: 1, replies: k) * (example + Double(k) * reply)
    }
    for (example, reply) in [(12.0, 1.0), (1, 1), (5, 2), (0.1, 3)] {
      let whole = try #require(
        replies.wholeReplies(costPerExample: example, costPerReply: reply))
      let best = try #require((1...50).min { loss($0, example, reply) < loss($1, example, reply) })
      #expect(whole == best)
    }
    #expect(replies.optimalReplies(costPerExample: 1, costPerReply: 0) == .infinity)
    #expect(replies.wholeReplies(costPerExample: 1, costPerReply: 0) == nil)
    #expect(replies.optimalReplies(costPerExample: 0, costPerReply: 0) == 0)
    #expect(replies.wholeReplies(costPerExample: 0, costPerReply: 1) == 1)
    let nothing = RepeatedReplies(varianceBetween: 0, varianceWithin: 0)
    #expect(nothing.varianceFactor(replies: 5) == 1)
    #expect(nothing.optimalReplies(costPerExample: 1, costPerReply: 1) == 0)
    #expect(replies.varianceOfMean(examples: 0, replies: 1) == .infinity)
  }

  @Test("At temperature 0 the majority decides")
  func temperature() {
    #expect(TemperatureShift(lower: 0, upper: 1).greedyMean == 0.5)
    #expect(TemperatureShift(lower: 0.6, upper: 0.9).greedyMean == 1)
    #expect(TemperatureShift(lower: 0.1, upper: 0.4).greedyVariance == 0)
    #expect(TemperatureShift(lower: 0.5, upper: 0.5).greedyMean == 0.5)
    #expect(TemperatureShift(lower: 0.7, upper: 0.7).sampledVariance == 0)
  }

  @Test("Joint power: products, roots and unions")
  func joint() throws {
    #expect(try JointPower.independent([]) == 1)
    #expect(abs(try JointPower.independent([0.9, 0.8]) - 0.72) < 1e-15)
    #expect(abs(try JointPower.leastPossible([0.9, 0.8]) - 0.7) < 1e-15)
    #expect(try JointPower.leastPossible([0.3, 0.3]) == 0)
    let each = JointPower.perIndependentBehavior(joint: 0.8, behaviors: 20)
    #expect(abs(JointPower.independent(power: each, behaviors: 20) - 0.8) < 1e-14)
    #expect(JointPower.perBehavior(joint: 0.8, behaviors: 20) > each)
    #expect(throws: StatisticsError.notFinite(argument: "powers", index: 0)) {
      try JointPower.independent([.nan])
    }
  }
}
