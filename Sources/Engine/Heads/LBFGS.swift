/// Limited-memory BFGS for smooth convex functions.
///
/// Source: Nocedal and Wright (2006), algorithms 7.4 and 7.5; backtracking until Armijo's
/// condition holds, and curvature pairs kept only where they are positive.
struct LBFGS {
  var tolerance: Double
  var maximumIterations: Int
  /// Curvature pairs remembered.
  var memory = 10

  struct Minimum {
    var point: [Double]
    var value: Double
    /// Largest absolute component.
    var gradientNorm: Double
    var iterations: Int
  }

  /// - Parameter evaluate: The value at a point; sets the gradient. What it throws ends the search.
  func minimize(
    from start: [Double], evaluate: (_ point: [Double], _ gradient: inout [Double]) throws -> Double
  ) rethrows -> Minimum {
    var point = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = try evaluate(point, &gradient)
    var pairs: [Pair] = []
    var iterations = 0
    while iterations < maximumIterations, Self.norm(gradient) > tolerance {
      var direction = Self.direction(gradient, pairs)
      var slope = Self.dot(direction, gradient)
      if slope >= 0 {
        pairs.removeAll()
        direction = gradient.map { -$0 }
        slope = -Self.dot(gradient, gradient)
      }
      var step = pairs.isEmpty ? min(1, 1 / max(Self.norm(gradient), 1e-12)) : 1
      var next = point
      var nextGradient = gradient
      var nextValue = value
      var isDescent = false
      for _ in 0..<40 {
        for index in point.indices { next[index] = point[index] + step * direction[index] }
        nextValue = try evaluate(next, &nextGradient)
        if nextValue <= value + 1e-4 * step * slope {
          isDescent = true
          break
        }
        step /= 2
      }
      // No step goes down any more: the value is flat to the last bit.
      guard isDescent else { break }
      let pair = Pair(
        step: zip(next, point).map { $0 - $1 }, change: zip(nextGradient, gradient).map { $0 - $1 })
      if pair.curvature > 1e-16 {
        pairs.append(pair)
        if pairs.count > memory { pairs.removeFirst() }
      }
      (point, gradient, value) = (next, nextGradient, nextValue)
      iterations += 1
    }
    return Minimum(
      point: point, value: value, gradientNorm: Self.norm(gradient), iterations: iterations)
  }

  private struct Pair {
    var step: [Double]
    var change: [Double]
    var curvature: Double

    init(step: [Double], change: [Double]) {
      self.step = step
      self.change = change
      curvature = LBFGS.dot(step, change)
    }
  }

  /// −H·g by the two loops.
  private static func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      for index in q.indices { q[index] -= factor * pair.change[index] }
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in q.indices { q[index] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let correction = factor - dot(pair.change, q) / pair.curvature
      for index in q.indices { q[index] += correction * pair.step[index] }
    }
    for index in q.indices { q[index] = -q[index] }
    return q
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var total = 0.0
    for index in a.indices { total += a[index] * b[index] }
    return total
  }

  private static func norm(_ gradient: [Double]) -> Double {
    gradient.reduce(0) { max($0, abs($1)) }
  }
}
