/// Far tails by mpmath 1.3 with 40 digits: sums of binomial masses, `betainc` and `erfc`.
enum TailReference {
  /// P(X <= 10), X ~ Binomial(1000, 0.1).
  static let binomialCDF = 1.4508988321782967e-32
  /// P(X >= 950), X ~ Binomial(1000, 0.8).
  static let binomialSurvival = 1.1609201609106453e-42
  /// I_x(20, 3) at x = 0.001.
  static let incompleteBeta = 2.3056021e-58
  /// Phi(-12).
  static let normalCDF = 1.776482112077679e-33
}
