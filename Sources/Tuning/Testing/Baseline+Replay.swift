import Statistics
public import Suites

extension Baseline {
  /// Records what a model answered, as what later ones are compared with.
  ///
  /// - Parameters:
  ///   - ledger: Where the checkpoint's certificate, if it has one, left its attempt.
  ///   - candidates: Checkpoints that it was chosen from on `dev`, itself included, if known.
  public init(_ replay: Replay, suite: DealtSuite, ledger: Ledger, candidates: Int? = nil) {
    let attempt = ledger.attempts.last {
      $0.outcome == .passed && $0.checkpoint == replay.model.checkpoint
    }
    self.init(
      suite: suite.suite.contentHash, model: replay.model, seeds: [suite.suite.tuning.seed],
      candidates: candidates,
      behaviors: suite.suite.behaviors.map { behavior in
        let own =
          replay[behavior: behavior.name]
          ?? BehaviorReplay(behavior: behavior.name, asked: [], failures: [:])
        return BaselineBehavior(behavior, own, in: suite, attempt: attempt)
      })
  }
}

extension BaselineBehavior {
  init(_ behavior: Behavior, _ replay: BehaviorReplay, in suite: DealtSuite, attempt: Attempt?) {
    func tally(_ role: Role) -> Tally {
      let units = suite.representatives(of: behavior, in: role)
      let passes = units.count { replay.passes($0.id) }
      let bar = Interval.wilson(
        successes: passes, trials: units.count, alpha: suite.suite.claims.alpha)
      return Tally(units: units.count, passes: passes, lower: bar.lower, upper: bar.upper)
    }
    self.init(
      name: behavior.name, target: behavior.target, dev: tally(.dev), gate: tally(.gate),
      sealed: attempt?.pools.first { $0.behavior == behavior.name }.map(Sealed.init),
      examples: behavior.examples.compactMap { example in
        guard replay.asked.contains(example.id), let role = suite.roles[example.cluster] else {
          return nil
        }
        return Graded(
          id: example.id, input: example.inputKey, role: role,
          passed: replay.passes(example.id), tie: replay.ties[example.id])
      })
  }
}

extension BaselineBehavior.Sealed {
  init(_ claim: AttemptPool) {
    self.init(
      units: claim.trials, maximumFailures: claim.maximumFailures, level: claim.level,
      attempt: claim.index)
  }
}
