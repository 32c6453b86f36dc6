/// A picture under construction, element by element. Coordinates in pixels, to a tenth.
struct SVG {
  let theme: Theme
  private var body: [String] = []
  private let head: [String]

  enum Anchor: String { case start, middle, end }

  /// What a picture is for those who cannot see it.
  enum Name {
    /// A title and a description, elements of it.
    case described(title: String, description: String, id: String)
    /// A sentence, where ids would be too many.
    case label(String)
  }

  init(width: Int, height: Int, theme: Theme, name: Name) {
    self.theme = theme
    var root = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\""
    switch theme {
    case .paper: root += " width=\"\(width)\" height=\"\(height)\" role=\"img\""
    case .page: root += " class=\"chart\" role=\"img\""
    }
    var parts: [String] = []
    let most = 4000  // Nobody listens to more.
    switch name {
    case .described(let title, let description, let id):
      // A file has no ids but these; a page has many.
      let prefix = theme == .paper ? "" : Self.identifier(id) + "-"
      root += " aria-labelledby=\"\(prefix)title \(prefix)desc\""
      parts = [
        "<title id=\"\(prefix)title\">\(Self.escaped(Self.cut(title, characters: 400)))</title>",
        "<desc id=\"\(prefix)desc\">\(Self.escaped(Self.cut(description, characters: most)))</desc>",
      ]
    case .label(let label):
      let label = Self.escaped(Self.cut(label, characters: most), quotes: true)
      root += " aria-label=\"\(label)\""
    }
    if theme == .paper {
      root += " font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\""
      parts.append("<rect width=\"\(width)\" height=\"\(height)\" rx=\"8\" fill=\"#ffffff\"/>")
    } else {
      root += " font-weight=\"normal\""
    }
    head = [root + " fill=\"\(theme.value(.ink))\">"] + parts
  }

  /// The whole file.
  var text: String { (head + body + ["</svg>", ""]).joined(separator: "\n") }

  // MARK: - Elements

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: Theme.Color, width: Double,
    dashes: String = ""
  ) {
    body.append(
      "<line x1=\"\(Self.tenths(x1))\" y1=\"\(Self.tenths(y1))\" x2=\"\(Self.tenths(x2))\" "
        + "y2=\"\(Self.tenths(y2))\" stroke=\"\(theme.value(color))\" "
        + "stroke-width=\"\(Self.tenths(width))\"" + Self.dashing(dashes) + "/>")
  }

  /// Nothing for no points, a dot for one.
  mutating func path(_ points: [(x: Double, y: Double)], style: Style) {
    guard let first = points.first else { return }
    guard points.count > 1 else {
      return dot(x: first.x, y: first.y, color: style.color, radius: style.width)
    }
    let places = points.map { "\(Self.tenths($0.x)),\(Self.tenths($0.y))" }
    body.append(
      "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" "
        + "stroke=\"\(theme.value(style.color))\" stroke-width=\"\(Self.tenths(style.width))\" "
        + "stroke-linejoin=\"round\"" + Self.dashing(style.dashes) + "/>")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, color: Theme.Color, opacity: Double = 1
  ) {
    let shade = opacity < 1 ? " fill-opacity=\"\(Self.hundredths(opacity))\"" : ""
    body.append(
      "<rect \(Self.box(x, y, width, height)) fill=\"\(theme.value(color))\"\(shade)/>")
  }

  mutating func outline(
    x: Double, y: Double, width: Double, height: Double, color: Theme.Color, lineWidth: Double
  ) {
    body.append(
      "<rect \(Self.box(x, y, width, height)) fill=\"none\" stroke=\"\(theme.value(color))\" "
        + "stroke-width=\"\(Self.tenths(lineWidth))\"/>")
  }

  mutating func dot(
    x: Double, y: Double, color: Theme.Color, radius: Double = 4.5, rim: Theme.Color? = nil
  ) {
    let rim = rim.map { " stroke=\"\(theme.value($0))\" stroke-width=\"1.6\"" } ?? ""
    body.append(
      "<circle cx=\"\(Self.tenths(x))\" cy=\"\(Self.tenths(y))\" r=\"\(Self.tenths(radius))\" "
        + "fill=\"\(theme.value(color))\"\(rim)/>")
  }

  /// A closed figure through points around a place.
  mutating func polygon(
    x: Double, y: Double, _ corners: [(x: Double, y: Double)], color: Theme.Color,
    rim: Theme.Color? = nil
  ) {
    let rim = rim.map { " stroke=\"\(theme.value($0))\" stroke-width=\"1.6\"" } ?? ""
    let places = corners.map { "\(Self.tenths(x + $0.x)),\(Self.tenths(y + $0.y))" }
    body.append(
      "<polygon points=\"\(places.joined(separator: " "))\" fill=\"\(theme.value(color))\"\(rim)/>")
  }

  /// Seen by the pointer only.
  mutating func target(x: Double, y: Double) {
    body.append(
      "<circle cx=\"\(Self.tenths(x))\" cy=\"\(Self.tenths(y))\" r=\"8\" fill=\"none\" "
        + "pointer-events=\"all\"/>")
  }

  /// Elements with a tooltip, where there is a text for one.
  ///
  /// - Parameter data: In a page, attributes `data-…` of the group, for a script.
  mutating func titled(
    _ title: String?, data: [String: String] = [:], _ draw: (inout SVG) -> Void
  ) {
    guard let title else { return draw(&self) }
    let attributes = theme == .page ? data.sorted { $0.key < $1.key } : []
    let known = attributes.map { " data-\($0.key)=\"\(Self.escaped($0.value, quotes: true))\"" }
    body.append(
      "<g\(known.joined())><title>\(Self.escaped(Self.cut(title, characters: 400)))</title>")
    draw(&self)
    body.append("</g>")
  }

  /// - Parameters:
  ///   - turned: Degrees, e.g. -90 to read from below.
  ///   - hasHalo: On an edge of the ground's color, for a label across lines.
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, weight: String? = nil,
    anchor: Anchor = .start, turned: Int = 0, color: Theme.Color? = nil, hasHalo: Bool = false
  ) {
    guard !text.isEmpty else { return }
    var attributes =
      "x=\"\(Self.tenths(x))\" y=\"\(Self.tenths(y))\" font-size=\"\(Self.tenths(size))\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if let weight { attributes += " font-weight=\"\(weight)\"" }
    if let color { attributes += " fill=\"\(theme.value(color))\"" }
    if turned != 0 {
      attributes += " transform=\"rotate(\(turned) \(Self.tenths(x)) \(Self.tenths(y)))\""
    }
    if hasHalo {
      attributes += " stroke=\"\(theme.value(.ground))\" stroke-width=\"4\" paint-order=\"stroke\""
    }
    body.append("<text \(attributes)>\(Self.escaped(text))</text>")
  }

  // MARK: - Helpers

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "x=\"\(tenths(x))\" y=\"\(tenths(y))\" width=\"\(tenths(width))\" "
      + "height=\"\(tenths(max(0, height)))\""
  }

  private static func dashing(_ dashes: String) -> String {
    dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
  }

  /// A number with at most one decimal, the same on every machine.
  private static func tenths(_ value: Double) -> String {
    let text = Decimals.text(value.isFinite ? value : 0, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func hundredths(_ value: Double) -> String { Decimals.text(value, decimals: 2) }
}
