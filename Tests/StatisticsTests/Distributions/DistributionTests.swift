import Foundation
import Statistics
import Testing

/// References by mpmath 1.4.1 with 40 digits: `betainc`, `gammainc`, `ncdf`, `loggamma`, and for
/// large parameters `quad` over the logit.
@Suite("Distributions")
struct DistributionTests {
  /// Whether logarithms agree so well that what they are of does to 1e-11, or to rounding error.
  private func expectClose(_ mine: Double, _ reference: Double, _ what: Comment) {
    #expect(abs(mine - reference) <= max(1e-11, 4e-15 * abs(reference)), what)
  }

  @Test(
    "The lower tail of a beta distribution, up to parameters of 10⁹",
    arguments: [
      (1e-3, 20, 3, -132.71459353656613), (0.89999, 9e8, 1e8, -1.9246899877795078),
      (0.4, 500, 500, -23.197291456569367), (0.2, 300, 1000, -5.6986994167781702),
      (0.9, 96, 6, -2.9152532406900778), (1e-9, 5, 1e9, -5.6103339724265588),
      (0.9999999, 1e9, 60, -11.968398024524249), (0.49999, 1e9, 1e9, -1.6844487586947589),
    ])
  func beta(x: Double, a: Double, b: Double, logLower: Double) {
    expectClose(logRegularizedIncompleteBeta(x, a: a, b: b), logLower, "lower")
    let upper = regularizedIncompleteBetaComplement(x, a: a, b: b)
    #expect(abs(regularizedIncompleteBeta(x, a: a, b: b) + upper - 1) < 1e-14)
    // x·a is as far from rounding as x is, so the way back is precise.
    let back = betaQuantile(exp(logLower), a: a, b: b)
    #expect(abs(back - x) <= 1e-11 * x)
  }

  @Test("Quantiles undo distribution functions in both tails, down to 1e-300")
  func quantiles() {
    for p in [1e-300, 1e-100, 1e-12, 1e-4, 0.025, 0.3, 0.5] {
      for (a, b) in [(1.0, 1.0), (0.5, 0.5), (3, 400), (95.5, 5.5), (5000, 200), (9e8, 1e8)] {
        let lower = betaQuantile(p, a: a, b: b)
        // 1e-300 of Beta(½, ½) lies at 1e-600.
        let back = logRegularizedIncompleteBeta(lower, a: a, b: b)
        #expect(lower == 0 || abs(back - log(p)) < 1e-6)
        #expect(abs(1 - betaUpperQuantile(p, a: b, b: a) - lower) < 1e-15)
      }
      for degrees in [1, 2.5, 4, 30, 1e6, .infinity] {
        let t = studentTQuantile(p, degreesOfFreedom: degrees)
        expectClose(studentTLogCDF(t, degreesOfFreedom: degrees), log(p), "t, \(degrees)")
      }
      for degrees in [0.5, 1, 7, 300, 1e6] {
        let x = chiSquareUpperQuantile(p, degreesOfFreedom: degrees)
        #expect(abs(chiSquareLogSurvival(x, degreesOfFreedom: degrees) - log(p)) < 1e-8)
        let low = chiSquareQuantile(p, degreesOfFreedom: degrees)
        let back = chiSquareCDF(low, degreesOfFreedom: degrees)
        #expect(low == 0 || abs(back / p - 1) < 1e-8)
      }
      expectClose(normalLogCDF(normalQuantile(p)), log(p), "normal")
      expectClose(normalLogCDF(normalQuantile(logProbability: log(p))), log(p), "normal")
    }
    #expect(abs(normalLogCDF(normalQuantile(logProbability: -1e6)) + 1e6) < 1e-4)
  }

  @Test(
    "Student's t",
    arguments: [
      (-1e10, 0.3, -7.9590049265247228), (-38, 4, -13.456343038458167),
      (-6, 30, -14.176281825592312), (-1, 1, -1.3862943611198906),
      (-1e-3, 2, -0.69385453728214381), (-9, 1e4, -43.460993565695929),
      (3, 4.5, -0.017339904911155914),
    ])
  func studentT(t: Double, degrees: Double, logCDF: Double) {
    expectClose(studentTLogCDF(t, degreesOfFreedom: degrees), logCDF, "log")
    #expect(
      abs(studentTSurvival(-t, degreesOfFreedom: degrees) / exp(logCDF) - 1) < 1e-11)
  }

  @Test(
    "Chi-square",
    arguments: [
      (1e-20, 1, 7.9788456080286533e-11, 0.99999999992021154),
      (0.3, 5, 0.0023569137394711447, 0.99764308626052886),
      (12, 5, 0.96521221949375815, 0.03478778050624185),
      (300, 5, 1.0, 1.0015302305957846e-62),
      (700, 1000, 2.8903599395611956e-14, 0.9999999999999711),
      (1400, 1000, 0.9999999999999993, 7.0321456418285895e-16),
      (9000, 1e4, 1.2697731705204421e-13, 0.99999999999987302),
    ])
  func chiSquare(x: Double, degrees: Double, lower: Double, upper: Double) {
    #expect(abs(chiSquareCDF(x, degreesOfFreedom: degrees) / lower - 1) < 1e-11)
    #expect(abs(chiSquareSurvival(x, degreesOfFreedom: degrees) / upper - 1) < 1e-11)
  }

  @Test(
    "The normal distribution far out",
    arguments: [
      (-1e5, -5000000012.431864), (-100, -5005.5242086942051), (-37.5, -707.66898931750719),
      (-10, -53.231285150512471), (0.5, -0.36894641528865639), (9, -1.1285884059538406e-19),
    ])
  func normal(z: Double, logCDF: Double) {
    #expect(abs(normalLogCDF(z) / logCDF - 1) < 1e-13)
  }

  @Test(
    "Binomial masses at 10⁹ trials",
    arguments: [
      (5, 103, 0.1, -3.5506353877414047), (900_100_000, 1_000_000_000, 0.9, -65.648178761145701),
      (1, 1_000_000_000, 1e-9, -0.9999999995),
      (999_999_997, 1_000_000_000, 0.999999999, -2.7917595262919192),
      (500_000_000, 1_000_000_000, 0.4, -20411007.847551827),
    ])
  func binomial(k: Int, n: Int, p: Double, logMass: Double) {
    expectClose(binomialLogMass(k, trials: n, probability: p), logMass, "mass")
  }

  @Test(
    "Beta-binomial masses",
    arguments: [
      (50, 3, 17, 4, -2.4231004524598459), (5000, 0.5, 0.5, 3000, -8.9484690661113875),
      (1_000_000_000, 900, 100, 900_001_000, -16.985188132768213),
      (1_000_000_000, 9e8, 1e8, 900_001_000, -10.425943362321037),
    ])
  func betaBinomial(n: Int, alpha: Double, beta: Double, k: Int, logMass: Double) {
    expectClose(BetaBinomial(trials: n, alpha: alpha, beta: beta).logMass(k), logMass, "mass")
  }

  @Test("Beta-binomial tails of long runs need no sum over the trials")
  func longBetaBinomial() {
    let uniform = BetaBinomial(trials: 1_000_000_000, alpha: 1, beta: 1)
    #expect(abs(uniform.cdf(123_456_789) - 123_456_790 / 1_000_000_001.0) < 1e-12)
    #expect(abs(uniform.cdf(0) * 1_000_000_001 - 1) < 1e-10)
    #expect(abs(uniform.survival(1) + uniform.cdf(0) - 1) < 1e-12)
    // Integrated here, and below added up.
    for (alpha, beta, share) in [(900.0, 100.0, 0.89), (0.5, 2, 0.01), (3e5, 1e5, 0.7489)] {
      let long = BetaBinomial(trials: 200_001, alpha: alpha, beta: beta)
      let k = Int(200_001 * share)
      let sum = (0...k).reduce(0.0) { $0 + exp(long.logMass($1)) }
      #expect(abs(long.cdf(k) / sum - 1) < 1e-9)
      #expect(abs(long.survival(k + 1) / (1 - sum) - 1) < 1e-9)
    }
  }

  @Test(
    "Hypergeometric tails",
    arguments: [
      (50, 20, 10, 9, 0.00050850998323383604), (1000, 500, 300, 200, 3.0076775537228545e-12),
      (10_000, 1000, 3000, 360, 9.9010057691318596e-6),
    ])
  func hypergeometric(population: Int, marked: Int, draws: Int, k: Int, survival: Double) {
    let distribution = Hypergeometric(population: population, marked: marked, draws: draws)
    #expect(abs(distribution.survival(k) / survival - 1) < 1e-11)
    let mirrored = Hypergeometric(
      population: population, marked: population - marked, draws: draws)
    #expect(abs(mirrored.cdf(draws - k) / survival - 1) < 1e-11)
    #expect(abs(distribution.cdf(k - 1) + survival - 1) < 1e-12)
  }

  @Test(
    "ln B(a, b) of large arguments",
    arguments: [
      (1e9, 1e9, -1386294370.2160114), (1e9, 0.5, -9.7892679754235055),
      (12, 3e5, -133.83636519497511), (0.1, 0.2, 2.6809784793469149),
      (20, 30, -33.968820791977383),
    ])
  func beta(a: Double, b: Double, reference: Double) {
    #expect(abs(logBeta(a, b) / reference - 1) < 1e-14)
    #expect(abs(logBeta(b, a) / reference - 1) < 1e-14)
  }

  @Test("The ends of every distribution are limits and not NaN")
  func ends() {
    #expect(regularizedIncompleteBeta(-1, a: 2, b: 3) == 0)
    #expect(regularizedIncompleteBeta(2, a: 2, b: 3) == 1)
    #expect(logRegularizedIncompleteBeta(0, a: 2, b: 3) == -.infinity)
    #expect(logRegularizedIncompleteBetaComplement(0, a: 2, b: 3) == 0)
    #expect(betaQuantile(0, a: 2, b: 3) == 0)
    #expect(betaUpperQuantile(0, a: 2, b: 3) == 1)
    #expect(betaLogDensity(0, a: 1, b: 3) == log(3.0))
    #expect(betaLogDensity(1, a: 1, b: 0.5) == .infinity)
    #expect(normalCDF(-.infinity) == 0)
    #expect(normalLogCDF(-.infinity) == -.infinity)
    #expect(normalQuantile(1) == .infinity)
    #expect(studentTCDF(-.infinity, degreesOfFreedom: 3) == 0)
    #expect(studentTCDF(.infinity, degreesOfFreedom: 3) == 1)
    #expect(studentTQuantile(0.5, degreesOfFreedom: 3) == 0)
    #expect(studentTQuantile(0, degreesOfFreedom: 3) == -.infinity)
    #expect(chiSquareCDF(0, degreesOfFreedom: 3) == 0)
    #expect(chiSquareSurvival(.infinity, degreesOfFreedom: 3) == 0)
    #expect(chiSquareQuantile(1, degreesOfFreedom: 3) == .infinity)
    for n in [0, 1, 5, 1_000_000_000] {
      for k in [0, n] {
        for p in [0.0, 1] {
          let isCertain = p == 0 ? k == 0 : k == n
          #expect(
            binomialLogMass(k, trials: n, probability: p) == (isCertain ? 0 : -.infinity))
        }
      }
      #expect(binomialCDF(n, trials: n, probability: 1) == 1)
      #expect(binomialCDF(0, trials: n, probability: 0) == 1)
      #expect(binomialSurvival(0, trials: n, probability: 0) == 1)
      #expect(binomialCDF(n - 1, trials: n, probability: 1) == 0)
    }
    #expect(Hypergeometric(population: 0, marked: 0, draws: 0).cdf(0) == 1)
    #expect(BetaBinomial(trials: 0, alpha: 1, beta: 1).cdf(0) == 1)
  }

  @Test("Distribution functions rise")
  func monotone() {
    for degrees in [1, 3.5, 200] {
      let grid = stride(from: -8.0, through: 8, by: 0.05)
      let values = grid.map { studentTCDF($0, degreesOfFreedom: degrees) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 || $0 == 1 })
    }
    for (a, b) in [(63.0, 65.0), (64, 63), (500, 30), (0.5, 70)] {
      let values = stride(from: 0.0, through: 1, by: 1e-3)
        .map { regularizedIncompleteBeta($0, a: a, b: b) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
    }
  }
}
