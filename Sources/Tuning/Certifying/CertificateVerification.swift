import Statistics
package import Suites

/// A certificate beside what it speaks of: the suite, the weights, and the attempt in `hone.lock`.
///
/// Everything is computed anew, from content: what was changed since, by a byte, is named. The grades
/// of the attempt are counted again where the archive of runs is at hand, and the model is not asked;
/// that they hold, or that they do not, is all that is told of them.
public struct CertificateVerification: Sendable, Hashable {
  /// One part of the certificate.
  public struct Finding: Sendable, Hashable, Codable {
    public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
      case suite
      case base
      case checkpoint
      case attempt
      case claims
      case evidence
    }

    public var part: Part
    /// Nil where it is not here to be looked at.
    public var holds: Bool?
    /// What was found, and where something differs what to do.
    public var message: String
  }

  /// In the order of `Finding.Part`; what differs may take several findings of one part.
  public private(set) var findings: [Finding] = []

  /// Whether nothing that was looked at differs.
  public var holds: Bool { findings.allSatisfy { $0.holds != false } }

  /// - Parameters:
  ///   - suite: As dealt by `recorded`.
  ///   - recorded: `hone.lock` as it stands on disk.
  ///   - base: Of the base model as it is on this machine.
  ///   - checkpoint: The id that the files of the checkpoint have by their content; nil where there
  ///     are none.
  ///   - evidence: What the archive of runs keeps of the attempt.
  package init(
    _ certificate: Certificate, suite: DealtSuite, recorded: SuiteLock, base: ModelIdentity,
    checkpoint: String?, evidence: KeptEvidence
  ) {
    verify(
      certificate.suite, of: suite.suite, recorded: recorded, claims: certificate.behaviors)
    if certificate.suite.contentHash == suite.suite.contentHash {
      verify(words: certificate, of: suite.suite)
    }
    verify(certificate.model, base: base, checkpoint: checkpoint)
    guard let attempt = verify(attempt: certificate, in: recorded.ledger) else { return }
    verify(claims: certificate, of: attempt)
    verify(
      evidence, of: attempt, in: recorded.ledger,
      suite: certificate.suite.contentHash == suite.suite.contentHash ? suite : nil)
  }

  mutating func add(_ part: Finding.Part, holds: Bool? = false, _ message: String) {
    findings.append(Finding(part: part, holds: holds, message: message))
  }

  // MARK: - What it speaks of

  /// Holds the certificate's words against those that the same suite gives.
  private mutating func verify(words certificate: Certificate, of suite: Suite) {
    let issued = Certificate(
      claims: certificate.behaviors, attempt: certificate.attempt, suite: suite,
      model: certificate.model, issued: certificate.issued)
    let requires = suite.behaviors.reduce(into: [:]) { $0[$1.name] = $1.requires }
    let different: [(name: String, differs: Bool)] =
      [
        ("claim", certificate.claim != issued.claim),
        ("confidence", certificate.confidence != issued.confidence),
        ("population", certificate.population != issued.population),
        ("caveats", certificate.caveats != issued.caveats),
        ("seed", certificate.seed != issued.seed),
      ]
      + certificate.behaviors.map {
        ("requires of `\($0.behavior)`", $0.requires != requires[$0.behavior])
      }
    for part in different where part.differs {
      add(.suite, "\(part.name): the certificate says something else than the suite that it is of")
    }
  }

  private mutating func verify(
    _ facts: Certificate.ModelFacts, base: ModelIdentity, checkpoint: String?
  ) {
    if facts.base == base {
      add(.base, holds: true, "is the one that was tuned (\(base.hash.prefix(23)))")
    } else {
      add(
        .base,
        "\(facts.base.hash.prefix(23)) was tuned, and \(base.hash.prefix(23)) is here. "
          + "Put the former in its place")
    }
    switch checkpoint {
    case facts.checkpoint:
      add(.checkpoint, holds: true, "has the content that was certified (\(facts.checkpoint))")
    case let other?:
      add(
        .checkpoint,
        "the files of .hone/checkpoints/\(facts.checkpoint) have changed: by their content they are \(other), not "
          + "\(facts.checkpoint). Bring them back, or remove the folder and let `hone train` make "
          + "them again")
    case nil:
      add(
        .checkpoint, holds: nil,
        "\(facts.checkpoint) is not on this machine: its folder comes from where it was tuned")
    }
  }

  // MARK: - What it rests on

  private mutating func verify(attempt certificate: Certificate, in ledger: Ledger) -> Attempt? {
    guard let attempt = ledger.attempts.first(where: { $0.number == certificate.attempt }) else {
      add(.attempt, "hone.lock has no attempt \(certificate.attempt). Bring its ledger back")
      return nil
    }
    var complaints: [String] = []
    if attempt.outcome != .passed { complaints.append("it has \(attempt.outcome.rawValue)") }
    if attempt.checkpoint != certificate.model.checkpoint {
      complaints.append("it was made with \(attempt.checkpoint)")
    }
    let (claimed, charged) = (certificate.behaviors.map(\.behavior), attempt.pools.map(\.behavior))
    if claimed.sorted() != charged.sorted() {
      complaints.append("it tried \(charged.sorted().joined(separator: ", "))")
    }
    let name = "attempt \(attempt.number) of hone.lock"
    add(
      .attempt, holds: complaints.isEmpty,
      complaints.isEmpty
        ? "\(name) passed, with this checkpoint" : "\(name): \(complaints.joined(separator: "; "))")
    return attempt
  }

  /// The numbers of every behavior: those of the ledger, and a test of the level that they say.
  private mutating func verify(claims certificate: Certificate, of attempt: Attempt) {
    let before = findings.count
    let budget = Claims(confidence: certificate.confidence).alpha
    for claim in certificate.behaviors {
      guard let charged = attempt.pools.first(where: { $0.behavior == claim.behavior }) else {
        continue
      }
      let name = "`\(claim.behavior)`"
      let recorded = AttemptClaim(charged)
      if recorded != AttemptClaim(claim) {
        add(.claims, "\(name): hone.lock has other numbers: \(recorded.inWords)")
      }
      guard claim.units >= 0, claim.attemptOnPool >= 1, (0...1).contains(claim.target) else {
        add(.claims, "\(name): \(AttemptClaim(claim).inWords) is no test")
        continue
      }
      let spending = AlphaSpending(alpha: min(1, max(0, charged.budget)))
      if claim.level > spending.level(attempt: claim.attemptOnPool) * (1 + 1e-9) {
        add(.claims, "\(name): attempt \(claim.attemptOnPool) may not spend \(claim.level)")
      }
      if charged.budget > budget * (1 + 1e-9) {
        add(.claims, "\(name): its budget of \(charged.budget) is above \(budget)")
      }
      let chance = binomialCDF(
        claim.maximumFailures, trials: claim.units, probability: 1 - claim.target)
      if chance > claim.level {
        add(
          .claims,
          "\(name): at \(claim.target), at most \(claim.maximumFailures) of \(claim.units) "
            + "fail with probability \(chance), which is above its level of \(claim.level)")
      }
    }
    if findings.count == before {
      add(
        .claims, holds: true, "each exact test has its level, within an error budget of \(budget)")
    }
  }
}

extension AttemptClaim {
  fileprivate init(_ claim: Certificate.Claim) {
    self.init(
      behavior: claim.behavior, target: claim.target, units: claim.units, missing: claim.missing,
      maximumFailures: claim.maximumFailures, level: claim.level, index: claim.attemptOnPool)
  }

  fileprivate var inWords: String {
    "target \(target), at most \(maximumFailures) failures of \(units) (\(missing) missing), level "
      + "\(level), attempt \(index)"
  }
}
