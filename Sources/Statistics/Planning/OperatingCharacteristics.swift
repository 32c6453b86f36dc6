/// What a sequential test of a pass rate will do at a true rate, and what it costs: exact, without
/// simulation.
///
/// The probability of every state (trials, failures) at which the test goes on is carried from
/// trial to trial; what crosses a limit is counted and leaves. Independent grades are assumed. The
/// work grows with the area between the limits; sums of positive terms keep tiny probabilities
/// precise.
///
/// Source: Aroian (1968), the direct method of sequential analysis.
public struct OperatingCharacteristics: Sendable, Hashable, Codable {
  /// The true pass rate.
  public let rate: Double
  /// The probability that the test passes: its power, or at the target its size.
  public let passProbability: Double
  /// The probability that it stops without passing.
  public let stopProbability: Double
  /// The probability that it has done neither after the most trials it may take.
  public let undecidedProbability: Double
  /// E[N], the mean number of trials.
  public let expectedTrials: Double

  /// - Parameter rate: The true pass rate, in 0...1.
  public init(of rule: StoppingRule, at rate: Double) {
    var (pass, stop) = (0.0, 0.0)
    let rest = Self.propagate(maximumTrials: rule.maximumTrials, rate: rate) { trials, states in
      while let first = states.first, states.offset <= rule.passLimits[trials - 1] {
        pass += first
        states.removeFirst()
      }
      while let last = states.last, states.largest >= rule.stopLimits[trials - 1] {
        stop += last
        states.removeLast()
      }
    }
    self.init(rate: rate, pass: pass, stop: stop, rest: rest)
  }

  /// For any test that decides by its counts, also one in which more failures can be better.
  ///
  /// - Parameters:
  ///   - maximumTrials: Not negative.
  ///   - rate: The true pass rate, in 0...1.
  ///   - decision: What the test says after these counts, had it not ended before. Asked about
  ///     every state that can be reached, once.
  public init(
    maximumTrials: Int, rate: Double,
    decision: (_ successes: Int, _ failures: Int) -> SequentialDecision
  ) {
    var (pass, stop) = (0.0, 0.0)
    let rest = Self.propagate(maximumTrials: maximumTrials, rate: rate) { trials, states in
      states.removeAll { failures, probability in
        switch decision(trials - failures, failures) {
        case .undecided: return false
        case .pass: pass += probability
        case .stop: stop += probability
        }
        return true
      }
    }
    self.init(rate: rate, pass: pass, stop: stop, rest: rest)
  }

  private init(
    rate: Double, pass: Double, stop: Double, rest: (undecided: Double, expectedTrials: Double)
  ) {
    self.rate = rate
    passProbability = min(1, pass)
    stopProbability = min(1, stop)
    undecidedProbability = min(1, rest.undecided)
    expectedTrials = rest.expectedTrials
  }

  /// Carries the states from trial to trial; `decide` takes out those at which the test ends.
  private static func propagate(
    maximumTrials: Int, rate: Double, decide: (_ trials: Int, inout States) -> Void
  ) -> (undecided: Double, expectedTrials: Double) {
    precondition(maximumTrials >= 0 && (0...1).contains(rate), "a test has trials and a rate")
    var states = States()
    var expectedTrials = 0.0
    for trials in stride(from: 1, through: maximumTrials, by: 1) {
      let undecided = states.sum
      if undecided == 0 { return (0, expectedTrials) }
      expectedTrials += undecided
      states.advance(passRate: rate)
      decide(trials, &states)
    }
    return (states.sum, expectedTrials)
  }
}

extension OperatingCharacteristics {
  /// The probabilities of the numbers of failures at which a test goes on.
  private struct States {
    /// The smallest number of failures held.
    var offset = 0
    /// From `start` on, for offset, offset + 1, …
    var probabilities = [1.0]
    var start = 0

    var first: Double? { start < probabilities.count ? probabilities[start] : nil }
    var last: Double? { start < probabilities.count ? probabilities.last : nil }
    var largest: Int { offset + probabilities.count - start - 1 }
    var sum: Double { probabilities[start...].reduce(0, +) }

    mutating func removeFirst() {
      start += 1
      offset += 1
    }

    mutating func removeLast() { probabilities.removeLast() }

    mutating func removeAll(where isRemoved: (_ failures: Int, _ probability: Double) -> Bool) {
      for index in start..<probabilities.count where probabilities[index] > 0 {
        if isRemoved(offset + index - start, probabilities[index]) { probabilities[index] = 0 }
      }
      while first == 0 { removeFirst() }
      while last == 0 { removeLast() }
    }

    /// One more trial: each state stays with the pass rate and moves up by one otherwise.
    mutating func advance(passRate: Double) {
      if start > 64 {
        probabilities.removeFirst(start)
        start = 0
      }
      probabilities.append(0)
      for index in stride(from: probabilities.count - 1, to: start, by: -1) {
        probabilities[index] =
          probabilities[index] * passRate + probabilities[index - 1] * (1 - passRate)
      }
      probabilities[start] *= passRate
    }
  }
}
