/// One thing that a chart shows.
public struct Series: Sendable, Hashable {
  public var label: String
  public var mark: Mark
  public var points: [Point]

  /// How the points are drawn.
  public enum Mark: Sendable, Hashable {
    /// A line through all of them.
    case line
    /// A line that stays level until the next one.
    case steps
    /// A column from the foot of the chart, so wide in pixels.
    case columns(width: Double)
    /// A dot, with the error bar where a point has one.
    case dots
  }

  /// A value, with the ends of its error bar where it has one.
  public struct Point: Sendable, Hashable {
    public var x: Double
    public var y: Double
    public var error: ClosedRange<Double>?

    public init(x: Double, y: Double, error: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.error = error
    }
  }

  public init(_ label: String, _ mark: Mark, _ points: [Point]) {
    self.label = label
    self.mark = mark
    self.points = points
  }
}
