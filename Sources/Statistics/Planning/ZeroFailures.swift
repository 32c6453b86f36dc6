#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The smallest n at which no failure among n shows the target: target^n ≤ alpha.
///
/// - Parameters:
///   - target: H0: θ ≤ target, in 0...1. At 0 one success shows it; at 1 nothing does, and the
///     result is `Int.max`.
///   - alpha: Positive; from 1 on no trial is needed.
///
/// Source: the exact binomial test at c = 0, Clopper and Pearson (1934).
public func zeroFailureSampleSize(target: Double, alpha: Double) -> Int {
  precondition((0...1).contains(target) && alpha > 0, "a target is a rate, a level is positive")
  if alpha >= 1 { return 0 }
  if target == 0 { return 1 }
  if target == 1 { return .max }
  // The quotient may fall on either side of a whole number.
  var n = max(1, Int((log(alpha) / log(target)).rounded(.up)))
  func isEnough(_ n: Int) -> Bool { pow(target, Double(n)) <= alpha }
  while n > 1 && isEnough(n - 1) { n -= 1 }
  while !isEnough(n) { n += 1 }
  return n
}
