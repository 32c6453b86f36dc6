#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What it costs to look at data that must still prove something.
public enum LeakAdjustment {
  /// The level at which a test may still be made once `bits` of what its data say have leaked to
  /// those who choose the candidate: alpha·2^−bits.
  ///
  /// Whoever learned b bits was in one of 2^b situations, and the union bound covers them all.
  ///
  /// - Parameters:
  ///   - alpha: The level without a leak, in 0...1.
  ///   - bits: At least 0; not necessarily whole (the logarithm of the number of transcripts).
  ///     Infinitely many leave a level of 0.
  ///
  /// Source: the union bound; Dwork et al. (2015), "Generalization in adaptive data analysis and
  /// holdout reuse".
  public static func level(alpha: Double, bits: Double) -> Double {
    precondition((0...1).contains(alpha), "a level is a probability")
    precondition(bits >= 0, "a leak is not negative")
    return alpha * exp2(-bits)
  }

  /// How many more examples, on average, make up for one leaked bit: ln 2 / KL(hope‖target).
  ///
  /// KL is what one grade at the rate `hope` adds to the log-likelihood ratio against `target`.
  ///
  /// - Returns: 0 where one grade tells the two rates apart for certain (target 0 or 1); infinite
  ///   where they are equal.
  /// - Precondition: Both rates lie in 0...1.
  public static func examplesPerBit(target: Double, hope: Double) -> Double {
    0.6931471805599453 / bernoulliDivergence(hope, from: target)
  }
}

/// KL(rate‖reference) of two pass rates in nats: the mean log-likelihood ratio of one grade made at
/// `rate`.
///
/// 0 for equal rates; infinite where `reference` excludes a grade that `rate` allows.
///
/// - Precondition: Both lie in 0...1.
///
/// Source: Kullback and Leibler (1951).
public func bernoulliDivergence(_ rate: Double, from reference: Double) -> Double {
  precondition((0...1).contains(rate) && (0...1).contains(reference), "rates lie in 0...1")
  if rate == reference { return 0 }
  if reference == 0 || reference == 1 { return .infinity }
  // Both halves as deviances, which do not cancel where the rates are close.
  let difference = rate - reference
  func half(_ x: Double, _ mean: Double, _ difference: Double) -> Double {
    x == 0 ? mean : halfDeviance(x, mean: mean, difference: difference)
  }
  return half(rate, reference, difference) + half(1 - rate, 1 - reference, -difference)
}
