/// What low-rank adapters there are, and how strong.
public struct LowRankSettings: Sendable, Hashable {
  /// r: columns of B and rows of A.
  public var rank: Int
  /// The product is multiplied by alpha / rank.
  public var alpha: Double
  /// The fraction of an adapter's inputs that a training pass drops.
  public var dropout: Double
  public var targets: Set<Target>
  /// Multiply by alpha / √rank instead (rsLoRA).
  public var isRankStabilized: Bool

  /// A projection that can carry an adapter.
  public enum Target: String, Sendable, Hashable, CaseIterable {
    case query
    case key
    case value
    case attentionOutput = "attention-output"
    case intermediate
    case output
  }

  public init(
    rank: Int = 8, alpha: Double = 16, dropout: Double = 0,
    targets: Set<Target> = Set(Target.allCases), isRankStabilized: Bool = false
  ) {
    precondition(rank > 0, "an adapter has a rank")
    self.rank = rank
    self.alpha = alpha
    self.dropout = dropout
    self.targets = targets
    self.isRankStabilized = isRankStabilized
  }

  var scale: Float {
    Float(isRankStabilized ? alpha / Double(rank).squareRoot() : alpha / Double(rank))
  }
}
