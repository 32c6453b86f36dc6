import Foundation
import Statistics
package import Suites
package import Tuning

/// What fresh data says of a claim: what every way of showing it starts from.
package struct ClaimReport: Encodable {
  var verdict: ClaimTest.Verdict
  var exitStatus: Int32
  /// The name of the suite's folder.
  var suite: String
  /// The file of fresh data.
  var file: String
  var margin: Double
  var alpha: Double
  /// Of the error bars, two-sided.
  var confidence: Double
  var model: TestedModel
  /// The attempt that the certificate of the checkpoint rests on; nil where it has none.
  var certificate: CertificateFacts?
  var rows: Rows
  var seconds: Double
  var behaviors: [Row]
  /// Rows that the suite has, and so are no news.
  var known: [FreshRows.KnownRow]
  /// Rows that no single behavior claims.
  var unmatched: [FreshRows.UnmatchedRow]
  /// Rows that cannot be used.
  var setAside: [SetAsideRow]

  struct CertificateFacts: Encodable {
    var attempt: Int
    var confidence: Double
    var issued: Date
  }

  /// How many rows there were, and what they came to.
  struct Rows: Encodable {
    /// That can be used.
    var usable: Int
    var freshUnits: Int
    /// That share a unit with another one.
    var repeated: Int
    var known: Int
    /// Known ones that the suite expects another label of.
    var relabelled: Int
    var unmatched: Int
    var setAside: Int
  }

  /// One behavior.
  struct Row: Encodable {
    var behavior: String
    var verdict: ClaimTest.Verdict
    /// One sentence that says why.
    var message: String
    /// The pass rate that is claimed, at least.
    var claim: Double
    var claimedBy: ClaimedRate.Source
    var units: Int
    var passes: Int
    /// The error bar (Wilson), to be shown.
    var lower: Double
    var upper: Double
    /// Against "at least the claim"; the adjusted one decides.
    var pValue: Double
    var adjustedPValue: Double
    /// The chance that a rate below the claim by the margin would have contradicted it.
    var power: Double
    /// Units that would see such a rate 8 times in 10.
    var unitsNeeded: Int?
    var failures: [Failed]
    /// The file that defines it, with its line.
    var location: SourceLocation
  }

  /// A row that did not pass.
  struct Failed: Encodable {
    var location: SourceLocation?
    var text: String
    var expected: String
    var reply: String?
  }

  /// - Parameters:
  ///   - certificate: That of the checkpoint; nil where there is none.
  ///   - undecidedPasses: What undecided behaviors do to the exit status.
  package init(
    _ check: ClaimCheck, rows: FreshRows, of suite: Suite, certificate: Certificate?,
    undecidedPasses: Bool = false, duration: Duration
  ) {
    verdict = check.verdict
    exitStatus =
      switch check.verdict {
      case .consistent: 0
      case .contradicted: 2
      case .undecided: undecidedPasses ? 0 : 3
      }
    self.suite = suite.folder.lastPathComponent
    file = rows.file
    margin = check.test.margin
    alpha = check.test.alpha
    confidence = suite.claims.confidence
    model = check.model
    self.certificate = certificate.map {
      CertificateFacts(attempt: $0.attempt, confidence: $0.confidence, issued: $0.issued)
    }
    self.rows = Rows(
      usable: rows.rows, freshUnits: rows.units.values.reduce(0) { $0 + $1.count },
      repeated: rows.repeated, known: rows.known.count,
      relabelled: rows.known.count(where: \.isRelabelled), unmatched: rows.unmatched.count,
      setAside: rows.setAside.count)
    seconds = duration / .seconds(1)
    known = rows.known
    unmatched = rows.unmatched
    setAside = rows.setAside
    behaviors = check.behaviors.map { behavior in
      Row(
        behavior, in: check, confidence: suite.claims.confidence,
        location: suite[behavior: behavior.behavior]?.location
          ?? SourceLocation(file: "hone.yaml"))
    }
  }

  func count(_ verdict: ClaimTest.Verdict) -> Int { behaviors.count { $0.verdict == verdict } }
}

extension ClaimReport.Row {
  init(
    _ behavior: ClaimCheck.Behavior, in check: ClaimCheck, confidence: Double,
    location: SourceLocation
  ) {
    self.behavior = behavior.behavior
    self.location = location
    verdict = behavior.verdict
    claim = behavior.claim.target
    claimedBy = behavior.claim.source
    units = behavior.units
    passes = behavior.passes
    let bar = Interval.wilson(
      successes: behavior.passes, trials: behavior.units, alpha: 1 - confidence)
    (lower, upper) = (bar.lower, bar.upper)
    pValue = behavior.pValue
    adjustedPValue = behavior.adjustedPValue
    power = check.power(of: behavior)
    unitsNeeded = check.unitsNeeded(by: behavior)
    failures = behavior.failures.map {
      ClaimReport.Failed(
        location: $0.example.locations.first, text: $0.example.input,
        expected: $0.example.expected.description, reply: $0.reply)
    }
    message = ""
    message = ClaimSentence.text(self, in: check.test)
  }
}
