import Statistics

/// Two loops against models that are all exactly at their target: one that chooses its candidates
/// by their score on the gate, and one that learns a single bit from each attempt and pays for it.
///
/// 200 units, target .9, every candidate truly at .9. A candidate redraws each grade of its parent
/// with probability .12.
struct GateReuse {
  /// The share of runs with a false certificate up to each round; shape [rounds].
  var chosenOnGate: [Double]
  var verdictOnly: [Double]

  private static let units = 200
  private static let target = 0.9

  static func simulated(runs: Int, rounds: Int) -> GateReuse {
    var generator = SeededGenerator(seed: 5)
    let limit = maximumFailures(alpha: 0.05)
    let limits = (1...rounds).map {
      maximumFailures(alpha: AlphaSpending(alpha: 0.05).level(attempt: $0))
    }
    var (naive, honest) = (
      [Int](repeating: 0, count: rounds), [Int](repeating: 0, count: rounds)
    )
    for _ in 0..<runs {
      var kept = grades(from: nil, &generator)
      var candidate = kept
      var failures = kept.count { !$0 }
      var certified = (naive: failures <= limit, honest: failures <= limits[0])
      naive[0] += certified.naive ? 1 : 0
      honest[0] += certified.honest ? 1 : 0
      for round in 1..<rounds {
        let challenger = grades(from: kept, &generator)
        let its = challenger.count { !$0 }
        if its <= failures { (kept, failures) = (challenger, its) }
        if failures <= limit { certified.naive = true }
        // The candidates of the honest loop do not depend on the gate.
        candidate = grades(from: candidate, &generator)
        if candidate.count(where: { !$0 }) <= limits[round] { certified.honest = true }
        naive[round] += certified.naive ? 1 : 0
        honest[round] += certified.honest ? 1 : 0
      }
    }
    return GateReuse(
      chosenOnGate: naive.map { Double($0) / Double(runs) },
      verdictOnly: honest.map { Double($0) / Double(runs) })
  }

  private static func maximumFailures(alpha: Double) -> Int {
    ExactBinomialTest(trials: units, target: target, alpha: alpha)?.maximumFailures ?? -1
  }

  private static func grades(from old: [Bool]?, _ generator: inout SeededGenerator) -> [Bool] {
    (0..<units).map { index in
      if let old, generator.nextUniform() >= 0.12 { return old[index] }
      return generator.nextUniform() < target
    }
  }
}
