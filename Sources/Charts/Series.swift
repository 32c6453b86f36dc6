/// One thing that a chart shows.
public struct Series: Sendable, Hashable {
  /// Its entry in the legend; none for an empty one.
  public var label: String
  public var mark: Mark
  public var points: [Point]
  /// Drawn as what is expected rather than measured, e.g. the rest of a learning curve.
  public var isDashed: Bool
  /// The number, from 0, of its color, dashes and shape, where another series has the same; the
  /// next number otherwise.
  public var tint: Int?

  /// How the points are drawn.
  public enum Mark: Sendable, Hashable {
    /// A line through all of them.
    case line
    /// A line that stays level until the next one.
    case steps
    /// A column from the foot of the chart, so wide in pixels.
    case columns(width: Double)
    /// A dot, with the error bar where a point has one. Series with dots at the same x stand
    /// beside each other.
    case dots
    /// The same, joined by a thin line.
    case linkedDots
    /// A limit, e.g. of a sequential test: a dotted line with its label at its end.
    case boundary
  }

  /// A value, with the ends of its error bar where it has one.
  ///
  /// A point that is not finite is not drawn, and breaks a line.
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double
    public var error: ClosedRange<Double>?
    /// A tooltip.
    public var label: String?

    public init(
      x: Double, y: Double, error: ClosedRange<Double>? = nil, label: String? = nil
    ) {
      self.x = x
      self.y = y
      self.error = error
      self.label = label
    }
  }

  public init(
    _ label: String, _ mark: Mark, _ points: [Point], isDashed: Bool = false, tint: Int? = nil
  ) {
    self.label = label
    self.mark = mark
    self.points = points
    self.isDashed = isDashed
    self.tint = tint
  }
}
