#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// pass^k: the probability that k replies to one example all pass, without bias from n ≥ k replies:
/// C(c, k)/C(n, k).
///
/// - Parameters:
///   - passes: c, the replies that passed.
///   - replies: n, independent replies to the same example.
/// - Returns: Nil where there are fewer than k replies. 1 at k = 0.
/// - Precondition: 0 ≤ passes ≤ replies and k ≥ 0.
///
/// Source: Yao et al. (2024), τ-bench.
public func passHatK(passes: Int, replies: Int, k: Int) -> Double? {
  precondition(0 <= passes && passes <= replies && k >= 0, "passes are among the replies")
  guard k <= replies else { return nil }
  return exp(logAllMarked(passes, of: replies, draws: k))
}

/// pass@k: the probability that at least one of k replies to one example passes, without bias from
/// n ≥ k replies: 1 − C(n − c, k)/C(n, k).
///
/// - Parameters:
///   - passes: c, the replies that passed.
///   - replies: n, independent replies to the same example.
/// - Returns: Nil where there are fewer than k replies. 0 at k = 0.
/// - Precondition: 0 ≤ passes ≤ replies and k ≥ 0.
///
/// Source: Chen et al. (2021).
public func passAtK(passes: Int, replies: Int, k: Int) -> Double? {
  precondition(0 <= passes && passes <= replies && k >= 0, "passes are among the replies")
  guard k <= replies else { return nil }
  // −0 would print as such.
  return max(0, -expm1(logAllMarked(replies - passes, of: replies, draws: k)))
}

/// ln C(marked, draws)/C(population, draws): that all units drawn are marked.
private func logAllMarked(_ marked: Int, of population: Int, draws: Int) -> Double {
  if draws > marked { return -.infinity }
  // Draws and unmarked units may change places, so the product has as many factors as the fewer.
  let unmarked = population - marked
  let (factors, less) = draws < unmarked ? (draws, unmarked) : (unmarked, draws)
  guard factors <= 1000 else {
    return Hypergeometric(population: population, marked: marked, draws: draws).logMass(draws)
  }
  return (0..<factors).reduce(0) { sum, factor in
    let left = Double(population - factor)
    // The logarithm of (left − less)/left from whichever of the two parts is smaller.
    return 2 * Double(less) < left
      ? sum + log1p(-Double(less) / left) : sum + log(Double(population - factor - less) / left)
  }
}
