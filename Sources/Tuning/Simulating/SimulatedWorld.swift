public import Suites

/// A world whose truth is known: what is required, and how the simulated models really behave.
///
/// A behavior has independent units (clusters of examples), on `dev` and sealed. A checkpoint's
/// grade on an example is whether a hidden uniform number of that example, its *difficulty*, lies
/// below the checkpoint's true pass rate; so whatever the correlations are, each example passes with
/// just that rate. Where difficulties come from:
///
/// ```
/// text (unit number i of any behavior)      one difficulty, shared by behaviors, that stays
///   └─ unit i of behavior b                 the text's, with probability √correlation; else its own
///        └─ example j of the unit           the unit's, with probability √clusterCorrelation; else
///                                           its own
/// ```
///
/// A candidate keeps the difficulties that its parent found, but for units redrawn with probability
/// `redraw`. So candidates resemble their parents, as tuned models do, hill-climbing on what they
/// scored is possible, and a truth that rises lets units pass that failed and no others.
public struct SimulatedWorld: Sendable {
  /// In order of name.
  public var behaviors: [SimulatedBehavior]
  /// Of each certificate, a fraction.
  public var confidence: Double
  /// The rungs that the loop may climb.
  public var ladder: [Rung]
  /// The probability that a candidate redraws a unit, in 0...1.
  public var redraw: Double
  /// Of the grades that two behaviors of equal rates give to one text, in 0...1. Exact.
  public var correlation: Double
  /// Examples of each unit, at least 1. The real evaluation grades the first of them, whichever
  /// that is by the keyed hash.
  public var clusterSize: Int
  /// Of the grades of two examples of one unit (intra-cluster correlation), in 0...1. Exact.
  public var clusterCorrelation: Double
  /// nil for the loop as it is.
  public var flaw: SimulatedFlaw?

  public init(
    behaviors: [SimulatedBehavior], confidence: Double, ladder: [Rung] = [.head],
    redraw: Double = 0.12,
    correlation: Double = 0, clusterSize: Int = 1, clusterCorrelation: Double = 0,
    flaw: SimulatedFlaw? = nil
  ) {
    precondition(
      [redraw, correlation, clusterCorrelation].allSatisfy((0...1).contains) && clusterSize >= 1,
      "shares and correlations lie in 0...1, and a unit has an example")
    precondition(
      flaw == nil || behaviors.allSatisfy { $0.requirement.sealed.fresh == nil },
      "flaws are simulated of pools that are used verdict only")
    self.behaviors = behaviors.sorted { $0.requirement.name < $1.requirement.name }
    if flaw == .choosesOnSealed {
      for index in behaviors.indices {
        let pool = self.behaviors[index].requirement.sealed
        self.behaviors[index].requirement.devUnits = pool.units - pool.missing
      }
    }
    self.confidence = confidence
    self.ladder = ladder
    self.redraw = redraw
    self.correlation = correlation
    self.clusterSize = clusterSize
    self.clusterCorrelation = clusterCorrelation
    self.flaw = flaw
  }

  /// Whether a certificate for a checkpoint is true: every rate is above its target.
  ///
  /// A rate exactly at its target is one that the test must not show, so the certificate is false.
  func isTrue(of version: SimulatedVersion, targets: [Double]) -> Bool {
    zip(behaviors, targets).allSatisfy { $0.rate(of: version) > $1 }
  }
}

/// One behavior of a simulated world.
public struct SimulatedBehavior: Sendable {
  /// What the loop is told: target, hope, units, and what the ledger leaves.
  public var requirement: LoopBehavior
  /// What it is not told: of the base, the first candidate, the second, ...
  public var truth: TruthPath
  /// Of candidates whose encoder an upper rung made: of the first of them, the second, ... A head
  /// that is refined on such an encoder is one of them. Without a path of its own, a rung changes
  /// nothing, and `truth` goes on.
  public var upperTruth: [Rung: TruthPath]

  public init(
    _ requirement: LoopBehavior, truth: TruthPath, upperTruth: [Rung: TruthPath] = [:]
  ) {
    self.requirement = requirement
    self.truth = truth
    self.upperTruth = upperTruth
  }

  func rate(of version: SimulatedVersion) -> Double {
    guard let encoder = version.encoder, let path = upperTruth[encoder] else {
      return truth[version.number]
    }
    return path[version.onEncoder]
  }
}

/// Which of the simulated checkpoints.
struct SimulatedVersion: Sendable, Hashable {
  /// Counts proposals; 0 is the base.
  var number = 0
  /// The rung that made its encoder; nil where it is the base's.
  var encoder: Rung?
  /// Counts candidates with an encoder of that rung, from 0.
  var onEncoder = 0
  /// The rung that made it.
  var rung: Rung?

  var checkpoint: Checkpoint { Checkpoint(id: "simulated-\(number)", rung: rung) }
}

/// What a simulated evaluation is made to do wrong, to show that simulation would notice.
public enum SimulatedFlaw: String, Sendable, Hashable, Codable {
  /// The sealed units serve as `dev`: candidates are chosen by what certifies them.
  case choosesOnSealed
  /// Every example of a cluster counts as if it were an independent unit.
  case countsAllOfACluster
}
