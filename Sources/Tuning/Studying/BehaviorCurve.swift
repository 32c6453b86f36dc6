public import Statistics
import Suites

/// The learning curve of one behavior, or of all: the pass rate on `dev` of heads that learned from
/// an eighth, a quarter, half and all of `train`.
public struct BehaviorCurve: Sendable, Hashable, Codable {
  /// nil for all behaviors together.
  public var behavior: String?
  /// Units of `dev` that it was measured on.
  public var units: Int
  /// The share of `train` at each size of the curve. Shape [sizes].
  public var shares: [Double]
  /// Sizes are units of `train`.
  public var curve: LearningCurve

  /// Units of `dev` below which a curve says nothing.
  public static let fewestUnits = 30
  /// Units of `train` below which a size is left out.
  static let fewestLearned = 4.0

  public init(behavior: String?, units: Int, shares: [Double], curve: LearningCurve) {
    self.behavior = behavior
    self.units = units
    self.shares = shares
    self.curve = curve
  }

  /// - Returns: Nil where there are too few units of either role.
  init?(of members: StudiedBehaviors.Members, _ material: StudyMaterial, seed: UInt64) {
    guard members.dev.count >= Self.fewestUnits else { return nil }
    var (sizes, shares, passes): ([Double], [Double], [[[Bool]]]) = ([], [], [])
    for (share, refits) in Dictionary(grouping: material.refits, by: \.share)
      .sorted(by: { $0.key < $1.key })
    {
      let units = refits.map { refit in
        Set(
          refit.members.filter(members.train.contains).map { material.examples.train[$0].cluster }
        )
        .count
      }
      let size = Double(units.reduce(0, +)) / Double(units.count)
      guard size >= Self.fewestLearned, size > sizes.last ?? 0 else { continue }
      sizes.append(size)
      shares.append(share)
      passes.append(
        refits.sorted { $0.chain < $1.chain }.map { refit in
          members.dev.map { refit.isRight[$0] }
        })
    }
    guard sizes.count >= 3, let curve = try? LearningCurve(sizes: sizes, passes: passes, seed: seed)
    else { return nil }
    self.init(
      behavior: members.behavior, units: members.dev.count, shares: shares, curve: curve)
  }

  /// Units of `train` that the last point learned from.
  public var learned: Int { Int((curve.sizes.last ?? 0).rounded()) }
}
