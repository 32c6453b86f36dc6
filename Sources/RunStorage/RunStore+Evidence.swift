import GRDB
package import Suites
package import Tuning

/// What attempts saw: kept to go on with a run by, and to verify a certificate by. Whoever reads it
/// says whether it holds, and nothing else, unless the set was revealed.
extension RunStore {
  /// What is kept of an attempt of the ledger: once for each run that graded it.
  ///
  /// A run that found the verdict in the ledger has no grades, and is left out.
  ///
  /// - Throws: `RunError.brokenArchive`.
  package func kept(of attempt: Attempt) throws -> [KeptAttempt] {
    try Self.guarded(path) {
      try pool.read { database in
        var kept: [KeptAttempt] = []
        let runs = try Row.fetchAll(
          database,
          sql: """
            SELECT attempts.run, attempts.checkpoint, attempts.outcome FROM attempts
            JOIN runs ON runs.number = attempts.run
            WHERE attempts.number = ? AND (runs.key = ? OR attempts.checkpoint = ?)
            ORDER BY attempts.run
            """,
          arguments: [attempt.number, attempt.run, attempt.checkpoint])
        for row in runs {
          kept.append(
            KeptAttempt(
              checkpoint: row["checkpoint"], passed: Self.passed(row["outcome"]),
              claims: try Self.claims(ofRun: row["run"], attempt: attempt.number, database),
              grades: try Self.grades(ofRun: row["run"], attempt: attempt.number, database)))
        }
        if let row = try Row.fetchOne(
          database, sql: "SELECT checkpoint, outcome FROM test_attempts WHERE key = ?",
          arguments: [attempt.key])
        {
          let grades = try Row.fetchAll(
            database,
            sql: "SELECT behavior, example, passed, margin FROM test_grades WHERE attempt = ?",
            arguments: [attempt.key])
          kept.append(
            KeptAttempt(
              checkpoint: row["checkpoint"], passed: Self.passed(row["outcome"]), claims: nil,
              grades: grades.map(Self.grade)))
        }
        return kept.filter { !$0.grades.isEmpty }
      }
    }
  }

  /// What attempts saw of sealed sets that were revealed since; nothing is read of a set that is sealed.
  ///
  /// - Throws: `RunError.brokenArchive`.
  package func revealed(in suite: DealtSuite) throws -> [RevealedEvidence] {
    try RevealedEvidence.all(in: suite) { try kept(of: $0) }
  }

  /// Keeps what an attempt outside a run saw, in place of what was kept of it before.
  ///
  /// - Throws: `RunError.cannotWrite`.
  package func keep(_ kept: KeptAttempt, of attempt: Attempt) throws {
    try Self.guarded(path) {
      try pool.write { database in
        try database.execute(
          sql: "DELETE FROM test_attempts WHERE key = ?", arguments: [attempt.key])
        try database.execute(
          sql: "INSERT INTO test_attempts (key, checkpoint, outcome) VALUES (?, ?, ?)",
          arguments: [attempt.key, kept.checkpoint, kept.passed == true ? "passed" : "failed"])
        for grade in kept.grades {
          try database.execute(
            sql: """
              INSERT INTO test_grades (attempt, behavior, example, passed, margin)
              VALUES (?, ?, ?, ?, ?)
              """,
            arguments: [
              attempt.key, grade.behavior, grade.example, grade.passed, grade.margin,
            ])
        }
      }
    }
  }

  static func grades(
    ofRun run: Int, attempt: Int, _ database: Database
  ) throws -> [SealedGrade] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT behavior, example, passed, margin FROM sealed_grades WHERE run = ? AND attempt = ?
        """,
      arguments: [run, attempt]
    ).map(grade)
  }

  private static func claims(
    ofRun run: Int, attempt: Int, _ database: Database
  ) throws -> [AttemptClaim] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT behavior, target, units, missing, maximum_failures, level, k FROM claims
        WHERE run = ? AND attempt = ? ORDER BY behavior
        """,
      arguments: [run, attempt]
    ).map {
      AttemptClaim(
        behavior: $0["behavior"], target: $0["target"], units: $0["units"], missing: $0["missing"],
        maximumFailures: $0["maximum_failures"], level: $0["level"], index: $0["k"])
    }
  }

  private static func grade(_ row: Row) -> SealedGrade {
    SealedGrade(
      behavior: row["behavior"], example: row["example"], passed: row["passed"],
      margin: row["margin"])
  }

  private static func passed(_ outcome: String) -> Bool? {
    switch outcome {
    case "passed": true
    case "failed": false
    default: nil
    }
  }
}
