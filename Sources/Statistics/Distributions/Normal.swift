#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Φ(z), the standard normal distribution function, precise in the lower tail.
public func normalCDF(_ z: Double) -> Double {
  erfc(-z / 2.0.squareRoot()) / 2
}

/// The z at which Φ(z) = p. Infinite at 0 and 1.
///
/// Found by bisection in the tail that is smaller, to the last bit.
public func normalQuantile(_ p: Double) -> Double {
  precondition((0...1).contains(p), "a probability lies in 0...1")
  if p == 0 { return -.infinity }
  if p == 1 { return .infinity }
  if p > 0.5 { return -normalQuantile(1 - p) }
  var (low, high) = (-40.0, 0.0)
  while true {
    let middle = (low + high) / 2
    if middle <= low || middle >= high { return middle }
    if normalCDF(middle) < p { low = middle } else { high = middle }
  }
}
