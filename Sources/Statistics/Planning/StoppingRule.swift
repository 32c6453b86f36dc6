/// When a sequential test of a pass rate ends, as two limits on the failures after each trial.
///
///     failures
///        │            stop   · · · ·
///        │      · · ·
///        │ · ·          undecided
///        │              ─────
///        │        ─────   pass
///        └────────────────────────  trials
///
/// A value that any Bernoulli test in which more failures are worse can be turned into;
/// `OperatingCharacteristics` says what the test will do and cost. It assumes independent grades.
///
/// Source: the acceptance and rejection numbers of Wald (1947), "Sequential Analysis", chapter 5.
public struct StoppingRule: Sendable, Hashable, Codable {
  /// After trial t (index t − 1) the test passes with at most so many failures; −1 where with none
  /// at all it does not.
  public let passLimits: [Int]
  /// After trial t it stops with at least so many failures; t + 1 where it does not.
  public let stopLimits: [Int]

  /// The most trials it can take; after these it is undecided.
  public var maximumTrials: Int { passLimits.count }

  /// - Precondition: Both have one limit a trial, and each pass limit is below the stop limit.
  public init(passLimits: [Int], stopLimits: [Int]) {
    precondition(passLimits.count == stopLimits.count, "each trial has two limits")
    precondition(
      zip(passLimits, stopLimits).allSatisfy { $0 < $1 }, "no count both passes and stops")
    self.passLimits = passLimits
    self.stopLimits = stopLimits
  }

  /// The rule of a test that is known by its decisions.
  ///
  /// - Parameters:
  ///   - maximumTrials: Not negative.
  ///   - decision: What the test says after these counts, had it not ended before. For each number
  ///     of trials more failures must never be better. Asked about a few times a trial.
  public init(
    maximumTrials: Int, decision: (_ successes: Int, _ failures: Int) -> SequentialDecision
  ) {
    precondition(maximumTrials >= 0, "a count is not negative")
    var (passLimits, stopLimits): ([Int], [Int]) = ([], [])
    passLimits.reserveCapacity(maximumTrials)
    stopLimits.reserveCapacity(maximumTrials)
    var (pass, stop) = (-1, 0)
    for trials in stride(from: 1, through: maximumTrials, by: 1) {
      // Limits move little from one trial to the next.
      while pass >= 0, decision(trials - pass, pass) != .pass { pass -= 1 }
      while pass < trials, decision(trials - pass - 1, pass + 1) == .pass { pass += 1 }
      stop = max(stop, pass + 1)
      while stop > pass + 1, decision(trials - stop + 1, stop - 1) == .stop { stop -= 1 }
      while stop <= trials, decision(trials - stop, stop) != .stop { stop += 1 }
      passLimits.append(pass)
      stopLimits.append(stop)
    }
    self.passLimits = passLimits
    self.stopLimits = stopLimits
  }

  /// What the rule says after these counts, at least one and at most `maximumTrials` in all.
  public func decision(successes: Int, failures: Int) -> SequentialDecision {
    let trials = successes + failures
    precondition(
      successes >= 0 && failures >= 0 && (1...max(1, maximumTrials)).contains(trials),
      "a rule is about its own trials")
    if failures <= passLimits[trials - 1] { return .pass }
    return failures >= stopLimits[trials - 1] ? .stop : .undecided
  }
}

extension StoppingRule {
  /// Wald's test, undecided where it has not ended after so many trials.
  public static func sprt(_ test: BernoulliSPRT, maximumTrials: Int) -> StoppingRule {
    StoppingRule(maximumTrials: maximumTrials) {
      test.decision(successes: $0, failures: $1)
    }
  }

  /// The truncated-beta test in both directions, undecided where it has not ended after so many
  /// trials.
  public static func truncatedBeta(_ test: TruncatedBetaTest, maximumTrials: Int) -> StoppingRule {
    StoppingRule(maximumTrials: maximumTrials) {
      test.decision(successes: $0, failures: $1)
    }
  }

  /// The exact test of a fixed number of trials, ended as soon as its verdict is certain.
  public static func curtailed(_ test: ExactBinomialTest) -> StoppingRule {
    StoppingRule(
      passLimits: (1...test.trials).map { max(-1, $0 - (test.trials - test.maximumFailures)) },
      stopLimits: (1...test.trials).map { min($0 + 1, test.maximumFailures + 1) })
  }
}
