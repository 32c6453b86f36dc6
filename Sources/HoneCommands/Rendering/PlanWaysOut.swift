import Reports
import Tuning

/// The refusal of a plan that cannot succeed, with the three ways out and what each needs.
struct PlanWaysOut {
  private let hopeless: [BehaviorPlan]

  /// Behaviors that are written out; the rest is counted.
  private static let shown = 5

  init(_ plan: SuitePlan) {
    hopeless = plan.behaviors.filter { !$0.isFeasible }
  }

  func lines(_ terminal: Terminal) -> [String] {
    var lines: [String] = []
    for behavior in hopeless.prefix(Self.shown) {
      lines += [""]
      lines += Self.cannot(behavior).wrapped(to: min(100, terminal.width))
        .map { terminal.styled($0, .red) }
      lines += Self.waysOut(behavior)
    }
    let rest = hopeless.count - Self.shown
    if rest > 0 {
      lines += ["", "So it is with \(Format.count(rest, "more behavior")) (all with --json)."]
    }
    return lines
  }

  private static func cannot(_ behavior: BehaviorPlan) -> String {
    "\(behavior.behavior.harmless): with "
      + Format.count(behavior.sealedUnits - behavior.missingUnits, "sealed unit")
      + ", not even a clean sheet shows \(Format.target(behavior.target)) at level "
      + "\(Format.level(behavior.level))."
  }

  private static func waysOut(_ behavior: BehaviorPlan) -> [String] {
    let target =
      behavior.showableTarget.map { "\(Format.target($0)) is shown 9 times in 10" }
      ?? "none from 0.50 up is shown 9 times in 10"
    let confidence =
      behavior.confidenceWithoutFailure.map { clean in
        "\(Format.target(clean)) does without a failure, "
          + "\(behavior.confidenceForPower.map(Format.target) ?? "none") at hope"
      } ?? "none from 0.50 up does"
    return [
      "  more examples:      \(behavior.unitsWithoutFailure) sealed units do without a failure, "
        + "\(behavior.unitsForPower) at hope",
      "  a lower target:     \(target)",
      "  a lower confidence: \(confidence)",
    ]
  }
}
