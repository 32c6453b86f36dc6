import Suites
import Tuning

/// What an attempt saw of a behavior's sealed set that was revealed since, whole.
public struct RevealedRow: Sendable, Encodable {
  public var attempt: Int
  public var checkpoint: String
  /// Units counted, those that were missing included.
  public var units: Int
  /// Of them, those that did not pass, the missing ones included.
  public var failures: Int
  /// With which the behavior passes at most; −1 where it could not.
  public var maximumFailures: Int
  /// At which it was tested.
  public var level: Double
  /// Unit by unit; nil where target and hope make no path.
  public var path: EvidencePath?
  /// The event that concluded the attempt.
  public var event: Int

  /// Those of one behavior, of attempts that the run made or came to.
  static func all(
    of behavior: LoopBehavior, _ fold: RunFold, in revealed: [RevealedEvidence]
  ) -> [RevealedRow] {
    zip(fold.summary.attempts, fold.attempts).compactMap { attempt, events in
      revealed.first {
        $0.behavior == behavior.name && $0.attempt == attempt.record.number
          && $0.checkpoint == attempt.record.checkpoint.id
      }.map { RevealedRow($0, hope: behavior.hope, event: events.upperBound) }
    }
  }

  private init(_ evidence: RevealedEvidence, hope: Double, event: Int) {
    let claim = evidence.claim
    let passes = evidence.grades.map(\.passed)
    attempt = evidence.attempt
    checkpoint = evidence.checkpoint
    units = claim.units
    failures = passes.count { !$0 } + claim.missing
    maximumFailures = claim.maximumFailures
    level = claim.level
    path = EvidencePath(passes: passes, target: claim.target, hope: hope, alpha: claim.level)
    self.event = event
  }
}
