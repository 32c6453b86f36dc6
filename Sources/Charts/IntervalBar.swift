/// One row of a table of behaviors: what is known of a rate, beside its target.
///
/// ```
///      o         ├────────◆──┆─────┤      ┆          a rate between two bounds, and where it began
/// ───────────────────────────┃────────────┆──────    target, hope
/// ```
public struct IntervalBar: Sendable, Hashable {
  /// What the width of the picture stands for: the same for all rows. What lies outside is shown
  /// at the nearer end; an interval that goes on has no cap there.
  public var domain: ClosedRange<Double>
  public var interval: ClosedRange<Double>?
  public var point: Double?
  /// Where it began: a hollow mark.
  public var before: Double?
  public var target: Double
  public var hope: Double?
  public var standing: Standing
  /// The text alternative, with the numbers.
  public var description: String

  /// How the interval lies to the target: shown by a color and by the shape of the point.
  public enum Standing: Sendable, Hashable {
    /// Shown to reach it: a circle.
    case met
    /// Neither: a diamond.
    case open
    /// Shown to be below it: a cross.
    case missed
  }

  public init(
    domain: ClosedRange<Double>, interval: ClosedRange<Double>? = nil, point: Double? = nil,
    before: Double? = nil, target: Double, hope: Double? = nil, standing: Standing,
    description: String
  ) {
    self.domain = domain
    self.interval = interval
    self.point = point
    self.before = before
    self.target = target
    self.hope = hope
    self.standing = standing
    self.description = description
  }
}
