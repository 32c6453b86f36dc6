import Foundation
public import Suites

/// Why an attempt on sealed examples is refused. Nothing has been spent then.
public enum SealedAttemptError: Error, Sendable, Hashable {
  /// Not even a clean sheet would show the targets of these behaviors.
  case cannotPass([AttemptClaim])
  /// A checkpoint that this suite did not make.
  case foreignCheckpoint(id: String)
  /// An attempt that could be forgotten would be free.
  case ledgerNotWritten(path: String, reason: String)
  /// On a machine that throws its files away.
  case ledgerNotKept(path: String)
}

extension SealedAttemptError: DescribedError {
  public var description: String {
    switch self {
    case .cannotPass(let claims):
      "no attempt is made, and nothing is spent: even without a failure it could not pass. "
        + claims.prefix(12).map(Self.hopeless).joined(separator: "; ")
        + (claims.count > 12 ? "; and \(claims.count - 12) more" : "")
        + ". Add sealed examples or lower these targets; `hone plan` says how many it takes."
    case .foreignCheckpoint(let id):
      "checkpoint \(id) was not made by this suite: there is none of that content under "
        + ".hone/checkpoints and no attempt in hone.lock names it, so nobody can say that it was "
        + "not tuned on what is sealed here. Tune with `hone train`, or leave out --certify."
    case .ledgerNotWritten(let path, let reason):
      "\(path): the ledger could not be written (\(reason)). An attempt that is not on record is "
        + "refused. Make the file writable, or leave out --certify."
    case .ledgerNotKept(let path):
      "\(path): no attempt is made in CI (the environment has CI set): the ledger would be thrown "
        + "away with the job, and the attempt forgotten. Where the job commits hone.lock back, even "
        + "if it fails, say --keeps-ledger. Otherwise certify elsewhere and commit hone.lock; here "
        + "`hone test` replays what was certified, and `hone train --no-attempt` tunes."
    }
  }

  private static func hopeless(_ claim: AttemptClaim) -> String {
    let units =
      "`\(claim.behavior)` has \(claim.units) sealed units"
      + (claim.missing > 0 ? " (\(claim.missing) of them missing)" : "")
    return units
      + " for a target of \(claim.target) at level \((claim.level * 1e6).rounded() / 1e6)"
      + " (attempt \(claim.index) on them)"
  }
}
