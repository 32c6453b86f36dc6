import Statistics
import Synchronization

/// How many fresh units an attempt plans for one behavior.
///
/// The exact plan takes about a millisecond, which thousands of simulated runs would ask for over
/// and over: what was planned is remembered, by all that it depends on.
struct FreshPlan: Hashable {
  var target: Double
  /// Above `target`.
  var hope: Double
  var level: Double
  /// m, how many behaviors must hold together.
  var behaviors: Int

  private static let remembered = Mutex<[FreshPlan: Int]>([:])
  /// Plans remembered at most; then all are forgotten.
  private static let most = 10_000

  /// The fewest units with which a behavior at `hope` is missed with probability 0.1/m at most.
  var units: Int {
    if let units = Self.remembered.withLock({ $0[self] }) { return units }
    let units = ExactBinomialTest.smallest(
      target: target, hope: hope, alpha: level, beta: 0.1 / Double(max(1, behaviors))
    ).trials
    Self.remembered.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[self] = units
    }
    return units
  }
}
