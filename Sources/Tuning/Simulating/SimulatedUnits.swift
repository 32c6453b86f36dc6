import Statistics

/// The difficulties of one behavior's units in one role; shape [units × clusterSize], uniform.
///
/// An example passes where its difficulty lies below the true pass rate.
struct SimulatedUnits: Sendable {
  private(set) var difficulties: [Double] = []

  /// Units whose first example fails, by number, at a true pass rate.
  func failures(at rate: Double, in world: SimulatedWorld) -> [Int] {
    let step = world.flaw == .countsAllOfACluster ? 1 : world.clusterSize
    return stride(from: 0, to: difficulties.count, by: step).lazy
      .filter { difficulties[$0] >= rate }.map { $0 / step }
  }

  /// What counts as trials.
  func trials(in world: SimulatedWorld) -> Int {
    world.flaw == .countsAllOfACluster
      ? difficulties.count : difficulties.count / world.clusterSize
  }

  mutating func append(_ units: SimulatedUnits) {
    difficulties += units.difficulties
  }

  /// Draws units for texts that were not seen before, one for each.
  mutating func draw(
    texts: some Sequence<Double>, in world: SimulatedWorld, using generator: inout SeededGenerator
  ) {
    let shares = Shares(world)
    for text in texts {
      let start = difficulties.count
      for _ in 0..<world.clusterSize { difficulties.append(0) }
      draw(unitAt: start, text: text, shares: shares, using: &generator)
    }
  }

  /// Redraws each unit with a probability.
  ///
  /// - Parameter texts: The difficulties of their texts, one for each unit.
  mutating func redraw(
    _ probability: Double, texts: [Double], in world: SimulatedWorld,
    using generator: inout SeededGenerator
  ) {
    guard probability > 0 else { return }
    let shares = Shares(world)
    for (unit, start) in stride(from: 0, to: difficulties.count, by: world.clusterSize).enumerated()
    where generator.nextUniform() < probability {
      draw(unitAt: start, text: texts[unit], shares: shares, using: &generator)
    }
  }

  private mutating func draw(
    unitAt start: Int, text: Double, shares: Shares, using generator: inout SeededGenerator
  ) {
    let takesText = shares.text > 0 && generator.nextUniform() < shares.text
    let unit = takesText ? text : generator.nextUniform()
    if shares.size == 1 {
      difficulties[start] = unit
      return
    }
    for example in start..<start + shares.size {
      difficulties[example] =
        generator.nextUniform() < shares.unit ? unit : generator.nextUniform()
    }
  }

  /// The probabilities that give the correlations: both of two must take the shared number.
  private struct Shares {
    let text: Double
    let unit: Double
    let size: Int

    init(_ world: SimulatedWorld) {
      text = world.correlation.squareRoot()
      unit = world.clusterCorrelation.squareRoot()
      size = world.clusterSize
    }
  }
}
