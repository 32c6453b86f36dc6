import Foundation
import Suites

extension TuningRun {
  /// Performs the loop's actions against the files, the trainer and the ledger.
  struct Session {
    let run: TuningRun
    let header: RunHeader
    var book: AttemptBook

    /// - Parameter events: Of the run that is gone on with; empty begins a new one.
    init(_ run: TuningRun, lock: SuiteLock, events: [StampedEvent]) async throws {
      self.run = run
      let suite = run.suite
      book = AttemptBook(suite: suite, lock: lock, refusal: run.options.refusal) {
        try run.write($0)
      }
      if case .started(let header)? = events.first?.event {
        self.header = header
        return
      }
      let start = try await run.findStart(ledger: lock.ledger, baseline: lock.baseline)
      header = RunHeader(
        suite: suite.suite.contentHash, model: run.trainer.identity, base: start.checkpoint,
        untuned: start.untuned, seed: suite.suite.tuning.seed,
        settings: LoopSettings(run: run, start: start, lock: lock),
        setAsideRows: suite.suite.setAside.count, repeatedRows: suite.suite.rows.repeats,
        notes: suite.suite.notesForRun + (start.note.map { [$0] } ?? []),
        isOfSeveral: run.options.isOfSeveral ? true : nil, version: HoneVersion.current)
    }

    /// - Parameter behaviors: As the loop has planned for the next attempt.
    mutating func perform(
      _ action: TuningLoop.Action, isLate: Bool, behaviors: [LoopBehavior]
    ) async throws -> (RunEvent, sealed: [SealedGrade]) {
      switch action {
      case .measure(let checkpoint):
        return (.measured(try await run.measure(checkpoint, on: book.suite)), [])
      case .propose(let plan):
        return (.proposed(plan), [])
      case .tune(let champion, let plan):
        if isLate { return (.timeUp, []) }
        let examples = TrainingExample.all(in: book.suite, focus: plan.focus)
        do {
          return (.tuned(try await run.trainer.tune(champion, plan: plan, examples: examples)), [])
        } catch let failure as TuningFailure {
          return (.untuned(failure), [])
        }
      case .accept(let decision):
        return (.accepted(decision), [])
      case .reject(let decision):
        return (.rejected(decision), [])
      case .beginAttempt(let checkpoint):
        let units = Dictionary(uniqueKeysWithValues: behaviors.map { ($0.name, $0.sealed.units) })
        return (.attemptBegun(try book.begin(checkpoint, run: run.key, units: units)), [])
      case .concludeAttempt(let attempt):
        let (passed, grades) = try await book.grade(attempt) {
          try await run.trainer.model(at: attempt.checkpoint)
        }
        return (.attemptConcluded(passed: passed), grades)
      case .finish(let outcome):
        return (.finished(outcome), [])
      }
    }

    private var open: AttemptRecord?

    /// Takes in an event that is on disk: a verdict goes to the ledger once its evidence is kept.
    ///
    /// - Parameter grades: Those that were kept with the verdict of an attempt, by its number.
    mutating func took(_ event: RunEvent, grades: (Int) throws -> [SealedGrade]) throws {
      if case .attemptBegun(let attempt) = event { open = attempt }
      guard case .attemptConcluded(let passed) = event, let attempt = open else { return }
      open = nil
      try book.conclude(attempt, passed: passed) { try grades(attempt.number) }
    }
  }
}

extension LoopSettings {
  /// What the loop is told of the suite.
  ///
  /// Where the ledger holds attempts of this same run, the pools are those before the first of
  /// them: the loop then takes the same way, and each attempt it comes to is found as made.
  init(run: TuningRun, start: RunStart, lock: SuiteLock) {
    let (suite, ledger) = (run.suite, lock.ledger)
    let claims = suite.suite.claims
    // What fresh attempts used is in `dev` by now: there is no way to take once more.
    let before = claims.sealed == .fresh ? nil : ledger.firstAttempt(ofRun: run.key)
    let now = ledger.pools(of: SealedSet.all(in: suite), claims: claims)
    let behaviors = zip(suite.suite.behaviors, now).map { behavior, now in
      let pool =
        before?.pools.first { $0.behavior == behavior.name }.map(SealedPool.init(before:)) ?? now
      var own = LoopBehavior(behavior, in: suite, sealed: pool)
      own.isCertified = start.certified.contains(behavior.name)
      return own
    }
    self.init(
      behaviors: behaviors, confidence: suite.suite.claims.confidence,
      ladder: suite.suite.tuning.ladder, rounds: run.rounds, attempts: run.options.attempts,
      startsCertified: behaviors.allSatisfy(\.isCertified), only: run.options.only,
      lastCertified: lock.baseline.flatMap {
        CertifiedGrades(in: $0, ledger: ledger, on: suite, start: start.checkpoint, run: run.key)
      })
  }
}
