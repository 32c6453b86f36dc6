import Statistics

/// How many fresh units an attempt plans for one behavior.
struct FreshPlan: Hashable {
  var target: Double
  /// Above `target`.
  var hope: Double
  var level: Double
  /// m, how many behaviors must hold together.
  var behaviors: Int

  private static let remembered = Remembered<FreshPlan, Int>()

  /// The fewest units with which a behavior at `hope` is missed with probability 0.1/m at most.
  var units: Int {
    Self.remembered.value(for: self) {
      ExactBinomialTest.smallest(
        target: target, hope: hope, alpha: level, beta: 0.1 / Double(max(1, behaviors))
      ).trials
    }
  }
}
