/// The mean squared difference of a stated probability and what happened: 0 is perfect, ¼ is what
/// "one half" earns. It judges calibration and sharpness together and has no bins to choose.
///
/// - Parameters:
///   - probabilities: Stated probabilities of the outcome, in [0, 1]. Shape [n].
///   - outcomes: Whether it happened. Shape [n].
/// - Throws: `StatisticsError` where lengths differ, there is no value, or a probability is NaN or
///   outside [0, 1].
///
/// Source: Brier (1950), in the form for one outcome.
public func brierScore(
  probabilities: [Double], outcomes: [Bool]
) throws(StatisticsError) -> Double {
  try requireSameCount(probabilities.count, "probabilities", outcomes.count, "outcomes")
  try requireCount(probabilities.count, "probabilities", atLeast: 1)
  try requireFinite(probabilities, "probabilities", in: 0...1)
  let squares = zip(probabilities, outcomes).map { probability, outcome in
    let error = probability - (outcome ? 1 : 0)
    return error * error
  }
  return SampleMoments(squares).mean
}
