import Foundation
import Statistics
import Testing

@Suite("E-values")
struct EValueTests {
  @Test("A calibrator's mean over uniform p-values is one", arguments: [0.1, 0.5, 0.9])
  func calibrators(kappa: Double) {
    // ∫ κp^(κ−1) dp from δ to 1 is 1 − δ^κ; the sum is over equal steps of ln p.
    func mean(_ eValue: (Double) -> Double) -> Double {
      let steps = 20_000
      return (0..<steps).reduce(0) { sum, step in
        let p = exp(-30 * (Double(step) + 0.5) / Double(steps))
        return sum + eValue(p) * p * 30 / Double(steps)
      }
    }
    #expect(
      abs(mean { EValue.calibrated(pValue: $0, kappa: kappa) } - (1 - exp(-30 * kappa))) < 1e-5)
    // ∫ from δ to 1 of the mixture is 1 − (1 − δ)/ln(1/δ).
    #expect(abs(mean { EValue.calibrated(pValue: $0) } - (1 - 1.0 / 30)) < 1e-5)
  }

  @Test("The integrated calibrator is smooth where its formula cancels, and has both limits")
  func limits() {
    #expect(EValue.calibrated(pValue: 1) == 0.5)
    #expect(EValue.calibrated(pValue: 0) == .infinity)
    #expect(EValue.calibrated(pValue: 0, kappa: 0.5) == .infinity)
    #expect(EValue.calibrated(pValue: .leastNonzeroMagnitude) > 1e300)
    let seam = exp(-0.5)
    let (left, right) = (
      EValue.calibrated(pValue: seam * (1 - 1e-12)), EValue.calibrated(pValue: seam * (1 + 1e-12))
    )
    #expect(abs(left - right) < 1e-11)
    #expect(EValue.pValue(0) == 1)
    #expect(EValue.pValue(.infinity) == 0)
    #expect(EValue.pValue(logEValue: -.infinity) == 1)
    #expect(EValue.pValue(logEValue: 1000) == 0)
  }

  @Test("Merging: the mean and the least, also of what no Double can hold")
  func merging() throws {
    #expect(try EValue.average([4, 0, 2]) == 2)
    #expect(try EValue.minimum([4, 0.5, 2]) == 0.5)
    #expect(try EValue.average([1, .infinity]) == .infinity)
    let logMean = try EValue.logAverage(logEValues: [2000, 2000, 2000, -.infinity])
    #expect(abs(logMean - (2000 + log(0.75))) < 1e-12)
    #expect(try EValue.logAverage(logEValues: [-.infinity]) == -.infinity)
  }

  @Test("Bad e-values are refused, and named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "eValues", count: 0, minimum: 1)) {
      try EValue.average([])
    }
    #expect(throws: StatisticsError.notFinite(argument: "eValues", index: 1)) {
      try EValue.minimum([1, .nan])
    }
    #expect(
      throws: StatisticsError.outOfRange(
        argument: "eValues", index: 0, value: -1, range: 0...Double.infinity)
    ) {
      try EValue.average([-1])
    }
    #expect(throws: StatisticsError.notFinite(argument: "logEValues", index: 0)) {
      try EValue.logAverage(logEValues: [.nan])
    }
  }
}
