/// A chart as a value: what is drawn, and in words for those who cannot see it.
///
/// `svg()` turns it into a picture. Pure: the same chart gives the same bytes.
public struct Chart: Sendable, Hashable {
  /// Drawn above, and the `<title>` of the picture.
  public var title: String
  /// The text alternative: what the picture shows, in a sentence or two.
  public var description: String
  public var x: Axis
  public var y: Axis
  public var series: [Series]
  /// Level lines across the chart with a label, e.g. a target.
  public var references: [Reference]

  public struct Reference: Sendable, Hashable {
    public var y: Double
    public var label: String

    public init(y: Double, label: String) {
      self.y = y
      self.label = label
    }
  }

  public init(
    title: String, description: String, x: Axis, y: Axis, series: [Series],
    references: [Reference] = []
  ) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.series = series
    self.references = references
  }
}
