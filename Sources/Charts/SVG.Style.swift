extension SVG {
  /// How one of several series is drawn: told apart by eyes that see no colors as well.
  struct Style {
    var color: Theme.Color
    /// In pixels on and off; empty for a whole line.
    var dashes = ""
    var width = 2.4
    var shape = Shape.circle

    /// The shape of a dot.
    enum Shape: CaseIterable { case circle, square, triangle, diamond, cross, wedge }

    /// As numbers differ, so do the pairs of color and dashes (up to 25) and of color and shape
    /// (up to 30).
    static func number(_ index: Int) -> Style {
      let dashes = ["", "8 4", "2 3", "10 3 2 3", "5 2"]
      return Style(
        color: .series(index), dashes: dashes[(index + index / dashes.count) % dashes.count],
        shape: Shape.allCases[index % Shape.allCases.count])
    }

    /// A limit rather than a measurement.
    static let boundary = Style(color: .ink, dashes: "2 3", width: 1.2)

    /// The same for what is not measured but expected.
    var extrapolated: Style {
      var style = self
      (style.dashes, style.width) = ("3 5", 1.8)
      return style
    }

    /// The line that joins dots: their shape tells series apart, so it is whole where theirs are.
    var link: Style {
      var style = self
      (style.dashes, style.width) = (width < 2 ? dashes : "", 1.4)
      return style
    }
  }
}
