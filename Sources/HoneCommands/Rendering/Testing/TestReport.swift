import Foundation
import Statistics
package import Suites
package import Tuning

/// What a regression test found: what every way of showing it starts from.
package struct TestReport: Encodable {
  var verdict: PairedRegression.Verdict
  var exitStatus: Int32
  /// The name of the suite's folder.
  var suite: String
  var margin: Double
  var alpha: Double
  var baseline: TestedModel
  /// Checkpoints that the baseline was chosen from on `dev`, as far as is known; else assumed.
  var baselineCandidates: Int
  var model: TestedModel
  var suiteChange: SuiteChange
  /// Whether a baseline was recorded, and what it replaced.
  var recorded: Recorded?
  /// What came of an attempt, where one was asked for.
  var certification: Certification?
  var rowsSetAside: Int
  var rowsRepeated: Int
  var seconds: Double
  var behaviors: [Row]

  /// One behavior.
  struct Row: Encodable {
    var behavior: String
    var verdict: Verdict
    /// One sentence that says why.
    var message: String
    /// The role that the verdict rests on.
    var role: Role
    var units: Int
    var baselinePasses: Int?
    var passes: Int
    var gains: Int
    var losses: Int
    var difference: Double?
    /// Of the difference; each bound is one-sided at 1 − alpha.
    var lower: Double?
    var upper: Double?
    var adjustedPValue: Double?
    /// The chance of an alarm, had the pass rate dropped by the margin.
    var power: Power?
    /// Units that would decide it.
    var unitsNeeded: Int?
    /// Flips that are numerical ties; they count like others.
    var ties: Int
    var flips: [Flip]
    /// The file that defines it, with its line.
    var location: SourceLocation
  }

  enum Verdict: String, Encodable, CaseIterable {
    case pass
    case regressed
    case undecided
    /// Nothing to compare with.
    case new
  }

  struct Power: Encodable {
    /// If the two models failed independently of each other.
    var withChurn: Double
    /// If every flip were a loss.
    var withoutChurn: Double
  }

  struct Flip: Encodable {
    var id: String
    var role: Role
    var text: String
    var expected: Expectation
    var passes: Bool
    /// The label given now.
    var reply: String?
    /// Whether rounding alone may have turned the grade.
    var isTie: Bool
    /// The margins now and then, where they are numerical ties.
    var margin: Double?
    var baselineMargin: Double?
    var location: SourceLocation?
  }

  /// What became of the baseline.
  package enum Recorded: String, Encodable {
    /// There was none before.
    case first
    case replaced
    /// It said the same already.
    case unchanged
  }

  /// - Parameters:
  ///   - recorded: Nil where no baseline was asked for; else the exit status is 0.
  ///   - certification: Nil where no attempt was asked for; else the exit status is the attempt's.
  ///   - undecidedPasses: What undecided behaviors do to the exit status.
  package init(
    _ comparison: Comparison, of suite: DealtSuite, recorded: Recorded? = nil,
    certification: Certification? = nil, undecidedPasses: Bool = false, duration: Duration
  ) {
    verdict = comparison.verdict
    exitStatus =
      switch comparison.verdict {
      case _ where certification != nil: certification?.exitStatus ?? 0
      case _ where recorded != nil: 0
      case .pass: 0
      case .regressed: 2
      case .undecided: undecidedPasses ? 0 : 3
      }
    self.suite = suite.suite.folder.lastPathComponent
    margin = comparison.test.margin
    alpha = comparison.test.alpha
    baseline = comparison.baseline
    baselineCandidates = comparison.candidates
    model = comparison.model
    suiteChange = comparison.change
    self.recorded = recorded
    self.certification = certification
    rowsSetAside = suite.suite.setAside.count
    rowsRepeated = suite.suite.rows.repeats
    seconds = duration / .seconds(1)
    behaviors = comparison.behaviors.map { behavior in
      Row(
        behavior, in: comparison,
        location: suite.suite[behavior: behavior.behavior]?.location
          ?? SourceLocation(file: "hone.yaml"))
    }
  }

  func count(_ verdict: Verdict) -> Int { behaviors.count { $0.verdict == verdict } }
}

extension TestReport.Row {
  init(_ behavior: BehaviorComparison, in comparison: Comparison, location: SourceLocation) {
    self.behavior = behavior.behavior
    self.location = location
    role = behavior.role
    units = behavior.units
    baselinePasses = behavior.baselinePasses
    passes = behavior.passes
    gains = behavior.gains
    losses = behavior.losses
    difference = behavior.difference
    unitsNeeded = comparison.unitsNeeded(by: behavior)
    ties = behavior.ties
    flips = behavior.flips.map(TestReport.Flip.init)
    verdict =
      switch behavior.verdict {
      case .pass: .pass
      case .regressed: .regressed
      case .undecided: .undecided
      case nil: .new
      }
    if behavior.difference != nil {
      let bounds = comparison.test.bounds(
        gains: behavior.gains, losses: behavior.losses, trials: behavior.units)
      (lower, upper) = (bounds.lower, bounds.upper)
      adjustedPValue = behavior.adjustedPValue
      let power = comparison.power(of: behavior)
      self.power = TestReport.Power(
        withChurn: power.lowerBound, withoutChurn: power.upperBound)
    }
    message = ""
    message = TestSentence.text(self, of: behavior, in: comparison)
  }
}

extension TestReport.Flip {
  init(_ flip: BehaviorComparison.Flip) {
    id = flip.example.id
    role = flip.role
    text = flip.example.input
    expected = flip.example.expected
    passes = flip.isGain
    reply = flip.reply
    isTie = flip.isTie
    margin = flip.tie
    baselineMargin = flip.baselineTie
    location = flip.example.locations.first
  }
}
