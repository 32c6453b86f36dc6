import Foundation
import Statistics
import Testing

@Suite("Judge box bound")
struct JudgeBoxBoundTests {
  /// By enumeration of both counts, for the worst judge: one that passes every good reply.
  @Test(
    "Wrong with probability at most α",
    arguments: [(0.5, 0.1), (0.9, 0.0), (0.9, 0.3), (0.2, 0.6), (0.0, 0.05)])
  func level(rate: Double, falsePassRate: Double) {
    let (judged, labeled, alpha) = (40, 30, 0.1)
    let judgedRate = rate + (1 - rate) * falsePassRate
    var wrong = 0.0
    for passes in 0...judged {
      for falsePasses in 0...labeled {
        let bound = JudgeBoxBound(
          judgePasses: passes, judged: judged, falsePasses: falsePasses, labeledFailures: labeled,
          alpha: alpha)
        guard bound.lower > rate else { continue }
        wrong += exp(
          binomialLogMass(passes, trials: judged, probability: judgedRate)
            + binomialLogMass(falsePasses, trials: labeled, probability: falsePassRate))
      }
    }
    #expect(wrong <= alpha)
  }

  @Test("More passes raise it, more false passes lower it")
  func monotone() {
    func lower(_ passes: Int, _ falsePasses: Int) -> Double {
      JudgeBoxBound(
        judgePasses: passes, judged: 100, falsePasses: falsePasses, labeledFailures: 50,
        alpha: 0.05
      ).lower
    }
    for passes in 1...100 { #expect(lower(passes, 3) >= lower(passes - 1, 3)) }
    for falsePasses in 1...50 { #expect(lower(97, falsePasses) <= lower(97, falsePasses - 1)) }
    #expect(lower(100, 50) == 0)
  }

  @Test("No labels or no replies show nothing; 10⁹ of both do")
  func extremes() {
    #expect(
      JudgeBoxBound(
        judgePasses: 90, judged: 90, falsePasses: 0, labeledFailures: 0, alpha: 0.05
      ).lower == 0)
    #expect(
      JudgeBoxBound(judgePasses: 0, judged: 0, falsePasses: 0, labeledFailures: 9, alpha: 0.05)
        .lower == 0)
    #expect(
      JudgeBoxBound(
        judgePasses: 90, judged: 90, falsePasses: 0, labeledFailures: 90, alpha: .nan
      ).lower == 0)
    let many = 1_000_000_000
    let bound = JudgeBoxBound(
      judgePasses: many / 10 * 9, judged: many, falsePasses: many / 10, labeledFailures: many,
      alpha: 0.05)
    #expect(abs(bound.lower - 0.8 / 0.9) < 1e-4)
  }
}
