import Statistics
import Tuning

/// Whether the probabilities that the champion gives its replies come true, on `dev`.
public struct CalibrationRow: Sendable, Encodable {
  /// Those that hold a reply.
  public var bins: [Bin]
  /// Expected calibration error, a fraction.
  public var expectedError: Double
  public var event: Int

  public struct Bin: Sendable, Encodable {
    public var lower: Double
    public var upper: Double
    public var count: Int
    public var passes: Int
    public var meanProbability: Double
    /// Wilson, two-sided 95 %, of the share that passed.
    public var lowest: Double
    public var highest: Double
  }

  init?(_ placed: RunFold.Placed) {
    guard let calibration = placed.measurement.calibration else { return nil }
    event = placed.event
    expectedError = calibration.expectedError
    bins = calibration.bins.compactMap { bin in
      guard let mean = bin.meanProbability else { return nil }
      let bar = Interval.wilson(successes: bin.hits, trials: bin.count, alpha: 0.05)
      return Bin(
        lower: bin.lower, upper: bin.upper, count: bin.count, passes: bin.hits,
        meanProbability: mean, lowest: bar.lower, highest: bar.upper)
    }
  }
}
