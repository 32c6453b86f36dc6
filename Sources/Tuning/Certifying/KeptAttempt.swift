import Suites

/// What an archive keeps of an attempt whose sealed examples it saw graded.
package struct KeptAttempt: Sendable, Hashable {
  package var checkpoint: String
  /// Nil where no verdict was kept.
  package var passed: Bool?
  /// In order of behavior; nil where the archive keeps none.
  package var claims: [AttemptClaim]?
  package var grades: [SealedGrade]

  package init(
    checkpoint: String, passed: Bool?, claims: [AttemptClaim]?, grades: [SealedGrade]
  ) {
    self.checkpoint = checkpoint
    self.passed = passed
    self.claims = claims
    self.grades = grades
  }
}

/// Where the grades of attempts are kept, as it was found.
package enum KeptEvidence: Sendable, Hashable {
  /// There is no archive here.
  case none
  /// It cannot be opened, e.g. where nothing may be written.
  case closed(reason: String)
  /// Its file is damaged.
  case damaged(reason: String)
  /// What it keeps of the attempt: once for each run that graded it, usually one.
  case attempts([KeptAttempt])
}
