import Statistics
public import Suites

/// Finds the checkpoint at which a behavior broke, between one that was good and one that is bad.
///
/// Binary search over the line of champions. Only examples on which the two ends differ can tell
/// whether a checkpoint between them is broken, so those between are asked about nothing else: with
/// n checkpoints and d such examples, d·log₂ n replies after those of the ends.
public struct Bisection: Sendable {
  /// From good to bad.
  public let line: [Checkpoint]
  public let behavior: String
  /// Level of each paired test.
  public let level: Double

  /// What was found.
  public struct Finding: Sendable, Hashable {
    /// The last checkpoint that is not broken, and the first that is: places in the line.
    public var lastGood: Int
    public var firstBad: Int
    /// In the order in which they were judged; the ends are not among them.
    public var steps: [Step]
    /// Units that pass at the good end and fail at the bad one, and the other way round.
    public var losses: [Example]
    public var gains: [Example]
    /// All units that were compared at the ends.
    public var units: Int
    /// Exact, one-sided, of the ends being equally good (McNemar).
    public var pValue: Double
    /// Replies that models were asked for.
    public var calls: Int
  }

  /// One checkpoint between the ends.
  public struct Step: Sendable, Hashable {
    /// Place in the line.
    public var place: Int
    /// Of the units that the bad end lost, those that fail here too; and of those it gained, those
    /// that pass here.
    public var losses: Int
    public var gains: Int
    public var isBroken: Bool
    /// Whether a paired test at `level` says so; else it is nearer to one end than to the other.
    public var isClear: Bool
  }

  /// - Parameter line: At least two checkpoints.
  public init(line: [Checkpoint], behavior: String, level: Double = 0.05) {
    precondition(line.count > 1, "a line has two ends")
    self.line = line
    self.behavior = behavior
    self.level = level
  }

  /// Searches.
  ///
  /// - Parameters:
  ///   - examples: Independent units of the behavior, never sealed ones.
  ///   - ask: The replies of a checkpoint to some of them, in order.
  /// - Returns: Nil where the ends do not differ on any unit.
  public func search(
    _ examples: [Example],
    ask: (Checkpoint, [Example]) async throws -> [Reply]
  ) async throws -> Finding? {
    var calls = 0
    func failed(_ place: Int, _ examples: [Example]) async throws -> Set<String> {
      calls += examples.count
      let replies = try await ask(line[place], examples)
      return Set(LabelGrader.failures(of: replies, to: examples).map(\.example))
    }
    let good = try await failed(0, examples)
    let bad = try await failed(line.count - 1, examples)
    let losses = examples.filter { bad.contains($0.id) && !good.contains($0.id) }
    let gains = examples.filter { good.contains($0.id) && !bad.contains($0.id) }
    guard !losses.isEmpty || !gains.isEmpty else { return nil }

    var (low, high) = (0, line.count - 1)
    var steps: [Step] = []
    while high - low > 1 {
      let place = (low + high) / 2
      let failing = try await failed(place, losses + gains)
      let step = judge(
        place, lost: losses.count { failing.contains($0.id) }, of: losses.count,
        gained: gains.count { !failing.contains($0.id) }, of: gains.count)
      steps.append(step)
      if step.isBroken { high = place } else { low = place }
    }
    return Finding(
      lastGood: low, firstBad: high, steps: steps, losses: losses, gains: gains,
      units: examples.count,
      pValue: McNemar.exactOneSided(gains: losses.count, losses: gains.count), calls: calls)
  }

  /// Holds a checkpoint against both ends, on the units on which they differ.
  private func judge(
    _ place: Int, lost: Int, of losses: Int, gained: Int, of gains: Int
  ) -> Step {
    let worseThanGood = McNemar.exactOneSided(gains: lost, losses: gained)
    let betterThanBad = McNemar.exactOneSided(gains: losses - lost, losses: gains - gained)
    // How much of the drop is there: 0 at the good end, 1 at the bad one.
    let isBroken = 2 * (lost - gained) >= losses - gains
    return Step(
      place: place, losses: lost, gains: gained, isBroken: isBroken,
      isClear: isBroken
        ? worseThanGood <= level && betterThanBad > level
        : betterThanBad <= level && worseThanGood > level)
  }
}
