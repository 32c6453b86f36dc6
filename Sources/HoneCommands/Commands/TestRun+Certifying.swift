import EmbeddedModels
import Foundation
import Reports
import RunStorage
import Suites
package import Tuning

/// What came of `hone test --certify`.
package struct Certification: Encodable, Sendable, Hashable {
  /// Its number in the ledger; where nothing was spent, the one that it would have had.
  var attempt: Int
  var checkpoint: String
  /// The one bit; nil where a regression stood against trying.
  var passed: Bool?
  /// Whether the ledger had the verdict already, so that nothing was charged.
  var isReplayed: Bool
  /// The exact test of each behavior.
  var claims: [AttemptClaim]

  package init(
    attempt: Int, checkpoint: String, passed: Bool?, isReplayed: Bool, claims: [AttemptClaim]
  ) {
    self.attempt = attempt
    self.checkpoint = checkpoint
    self.passed = passed
    self.isReplayed = isReplayed
    self.claims = claims
  }

  /// 0 certified, 3 not shown, 2 a regression stands against it.
  var exitStatus: Int32 { passed.map { $0 ? 0 : 3 } ?? 2 }

  /// One sentence; nothing in it tells more than the one bit.
  var message: String {
    switch passed {
    case true?:
      "Certified by attempt \(attempt)" + (isReplayed ? ", which was made before, free" : "")
        + ": every behavior passes at least at its target. certificate.json holds for this "
        + "checkpoint, and the baseline is what it answers; commit both files."
    case false?:
      "Not shown by attempt \(attempt)"
        + (isReplayed ? ", which was made before: its verdict is replayed, free. " : ". ")
        + "That is all that leaves an attempt; error bars and diagnosis come from dev. The attempt "
        + "stands in hone.lock; commit it."
    case nil:
      "Not attempted, and nothing spent: a behavior has regressed. `hone test --update-baseline` "
        + "accepts what is now as what to compare with."
    }
  }
}

extension TestRun {
  /// Plans an attempt with a checkpoint that this suite made.
  static func plan(
    _ tested: TestedModel, on suite: DealtSuite, lock: SuiteLock, refusal: SealedAttemptError?
  ) throws -> SealedAttempt {
    let isKnown = lock.ledger.attempts.contains { $0.checkpoint == tested.checkpoint }
    guard isKnown || CheckpointFolder.isOwn(tested, of: suite.suite) else {
      throw SealedAttemptError.foreignCheckpoint(id: tested.checkpoint)
    }
    let runs = SuiteWorkspace(folder: suite.suite.folder).runs
    return try SealedAttempt(
      of: tested.checkpoint, on: suite, lock: lock, refusal: refusal
    ) { kept, attempt in
      try RunStore(runs).keep(kept, of: attempt)
    }
  }

  /// Makes the attempt, unless a regression stands against it; issues what follows from a pass.
  static func certify(
    _ plan: SealedAttempt, with model: EmbeddedClassifier, replay: Replay, of suite: DealtSuite,
    _ workspace: SuiteWorkspace, hasRegressed: Bool
  ) async throws -> Certification {
    var attempt = plan
    let isReplayed = if case .concluded = plan.state { true } else { false }
    var result = Certification(
      attempt: plan.number, checkpoint: plan.checkpoint, passed: nil, isReplayed: isReplayed,
      claims: plan.claims)
    if hasRegressed { return result }
    try await model.prepare(
      for: suite.suite.behaviors.flatMap { $0.examples.map { Prompt($0.input) } })
    let passed = try await attempt.perform(with: model)
    result.passed = passed
    guard passed else { return result }
    let certificate = try attempt.issueCertificate(for: replay.model, at: Date())
    try CheckpointFolder.attach(certificate, of: suite.suite)
    try workspace.record(
      Baseline(
        replay, suite: suite, ledger: attempt.lock.ledger,
        candidates: candidates(before: attempt.lock.baseline, now: replay)),
      in: attempt.lock)
    return result
  }
}

/// What an attempt will cost, in words, for those who asked for it.
struct AttemptCost {
  let lines: [String]

  /// Behaviors that are named.
  private static let named = 12

  init(_ attempt: SealedAttempt) {
    let name = "attempt \(attempt.number)"
    switch attempt.state {
    case .concluded:
      lines = [
        "\(name) was made with this checkpoint, these examples and these targets: its verdict is "
          + "replayed, free."
      ]
    case .begun:
      lines = [
        "\(name) was charged and cut off before its verdict; it goes on, at no further cost."
      ]
    case .new:
      let groups = Dictionary(grouping: attempt.claims) { Price(index: $0.index, level: $0.level) }
      let prices = groups.sorted { ($0.key.index, -$0.key.level) < ($1.key.index, -$1.key.level) }
      lines =
        [
          "\(name) on the sealed examples of \(attempt.checkpoint) costs, before the first of them "
            + "is looked at:"
        ]
        + prices.map { price, claims in
          let names = claims.prefix(Self.named).map(\.behavior.harmless)
          let rest = claims.count - names.count
          return "  level \(Format.level(price.level)) (k = \(price.index)): "
            + names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        }
    }
  }

  private struct Price: Hashable {
    var index: Int
    var level: Double
  }
}
