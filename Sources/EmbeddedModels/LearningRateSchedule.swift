/// The learning rate over the steps of a tuning: up in a straight line, then down to zero.
struct LearningRateSchedule {
  var peak: Double
  var steps: Int
  /// The share of the steps on the way up.
  var warmUp = 0.1

  /// - Parameter step: Counted from 0.
  func rate(at step: Int) -> Double {
    let rising = max(1, Int((Double(steps) * warmUp).rounded()))
    if step < rising { return peak * Double(step + 1) / Double(rising) }
    return peak * Double(max(0, steps - step)) / Double(max(1, steps - rising))
  }
}
