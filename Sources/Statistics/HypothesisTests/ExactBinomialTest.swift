#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func erfcValue(_ x: Double) -> Double { erfc(x) }

public struct ExactBinomialTest: Sendable, Hashable, Codable {
  public let trials: Int
  public let maximumFailures: Int
  public let target: Double
  public let alpha: Double

  public init?(trials: Int, target: Double, alpha: Double) {
    guard trials > 0, binomialCDF(0, trials: trials, probability: 1 - target) <= alpha else {
      return nil
    }
    var (low, high) = (0, trials)
    while high - low > 1 {
      let middle = (low + high) / 2
      if binomialCDF(middle, trials: trials, probability: 1 - target) <= alpha {
        low = middle
      } else {
        high = middle
      }
    }
    self.trials = trials
    maximumFailures = low
    self.target = target
    self.alpha = alpha
  }

  public func power(at rate: Double) -> Double {
    binomialCDF(maximumFailures, trials: trials, probability: 1 - rate)
  }

  public static func smallest(
    target: Double, hope: Double, alpha: Double, beta: Double
  ) -> ExactBinomialTest {
    var trials = zeroFailureSampleSize(target: target, alpha: alpha)
    while true {
      if let test = ExactBinomialTest(trials: trials, target: target, alpha: alpha),
        test.power(at: hope) >= 1 - beta
      {
        return test
      }
      trials += 1
    }
  }

  public static func pValueBelow(successes: Int, trials: Int, target: Double) -> Double {
    binomialCDF(successes, trials: trials, probability: target)
  }
}

public func zeroFailureSampleSize(target: Double, alpha: Double) -> Int {
  Int((log(alpha) / log(target)).rounded(.up))
}

public enum McNemar {
  /// P(X >= gains) for X ~ Binomial(gains + losses, 1/2).
  public static func exactOneSided(gains: Int, losses: Int) -> Double {
    gains == 0 ? 1 : 1 - binomialCDF(gains - 1, trials: gains + losses, probability: 0.5)
  }
}
