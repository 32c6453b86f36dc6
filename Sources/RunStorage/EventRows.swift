import GRDB
import Suites
import Tuning

/// Folds the events of one run into rows, one event at a time.
struct EventRows {
  let run: Int
  private var summary = RunSummary([RunEvent]())

  init(run: Int) {
    self.run = run
  }

  /// Takes in an event that the tables have already.
  mutating func skip(_ event: RunEvent) {
    summary.fold(event)
  }

  mutating func insert(
    _ stamped: StampedEvent, sealed: [SealedGrade], into database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO events (run, sequence, kind, line) VALUES (?, ?, ?, ?)",
      arguments: [run, stamped.sequence, stamped.event.kind, try stamped.line()])
    let champion = summary.champion?.checkpoint
    let round = summary.rounds.last?.plan.round
    summary.fold(stamped.event)
    switch stamped.event {
    case .started(let header):
      try insert(header.base, round: 0, parent: nil, database)
    case .measured(let measurement):
      try insert(measurement, sequence: stamped.sequence, database)
    case .proposed(let plan):
      try database.execute(
        sql: "INSERT INTO rounds (run, number, rung, reason) VALUES (?, ?, ?, ?)",
        arguments: [run, plan.round, plan.rung.rawValue, plan.reason])
    case .tuned(let tuned):
      try insert(tuned.checkpoint, round: round ?? 0, parent: champion?.id, database)
      try database.execute(
        sql: "UPDATE rounds SET checkpoint = ? WHERE run = ? AND number = ?",
        arguments: [tuned.checkpoint.id, run, round])
    case .untuned: try endRound(round, "untuned", database)
    case .accepted: try endRound(round, "accepted", database)
    case .rejected: try endRound(round, "rejected", database)
    case .attemptBegun(let attempt):
      try insert(attempt, database)
    case .attemptConcluded(let passed):
      guard let attempt = summary.attempts.last else { return }
      try conclude(attempt.record.number, passed: passed, sealed: sealed, database)
    case .timeUp, .finished, .studied: break
    }
  }

  private func insert(
    _ checkpoint: Checkpoint, round: Int, parent: String?, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO checkpoints (id, rung, run, round, parent) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [checkpoint.id, checkpoint.rung?.rawValue, run, round, parent])
  }

  private func insert(
    _ measurement: Measurement, sequence: Int, _ database: Database
  ) throws {
    for behavior in measurement.behaviors {
      try database.execute(
        sql: """
          INSERT INTO evidence (run, sequence, checkpoint, behavior, role, trials, passes)
          VALUES (?, ?, ?, ?, 'dev', ?, ?)
          """,
        arguments: [
          run, sequence, measurement.checkpoint.id, behavior.behavior, behavior.trials,
          behavior.passes,
        ])
      for failure in behavior.failures {
        try database.execute(
          sql: """
            INSERT INTO failures (run, sequence, behavior, example, expected, reply, probability)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            run, sequence, behavior.behavior, failure.example, failure.expected.description,
            failure.reply,
            failure.probability,
          ])
      }
    }
  }

  private func endRound(_ round: Int?, _ outcome: String, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE rounds SET outcome = ? WHERE run = ? AND number = ?",
      arguments: [outcome, run, round])
  }

  private func insert(_ attempt: AttemptRecord, _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO attempts (run, number, checkpoint) VALUES (?, ?, ?)",
      arguments: [run, attempt.number, attempt.checkpoint.id])
    for claim in attempt.claims {
      try database.execute(
        sql: """
          INSERT INTO claims
            (run, attempt, behavior, target, units, missing, maximum_failures, level, k)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run, attempt.number, claim.behavior, claim.target, claim.units, claim.missing,
          claim.maximumFailures, claim.level, claim.index,
        ])
    }
  }

  private func conclude(
    _ number: Int, passed: Bool, sealed: [SealedGrade], _ database: Database
  ) throws {
    try database.execute(
      sql: "UPDATE attempts SET outcome = ? WHERE run = ? AND number = ?",
      arguments: [passed ? "passed" : "failed", run, number])
    for grade in sealed {
      try database.execute(
        sql: """
          INSERT INTO sealed_grades (run, attempt, behavior, example, passed, margin)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run, number, grade.behavior, grade.example, grade.passed, grade.margin,
        ])
    }
  }
}
