/// A picture under construction, element by element. Coordinates in pixels, to a tenth.
struct SVG {
  private var body: [String] = []
  private let head: [String]

  enum Anchor: String { case start, middle, end }

  /// How one of several series is drawn: told apart by eyes that see no colors as well.
  struct Style {
    var color: String
    /// In pixels on and off; empty for a whole line.
    var dashes: String

    /// Colors of Okabe and Ito, which most people can tell apart.
    private static let all = [
      Style(color: "#0072b2", dashes: ""), Style(color: "#d55e00", dashes: "8 4"),
      Style(color: "#009e73", dashes: "2 3"), Style(color: "#aa4499", dashes: "10 3 2 3"),
      Style(color: "#806000", dashes: "5 2"),
    ]

    static func number(_ index: Int) -> Style { all[index % all.count] }
  }

  init(width: Int, height: Int, title: String, description: String) {
    head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
        + "width=\"\(width)\" height=\"\(height)\" role=\"img\" aria-labelledby=\"title desc\" "
        + "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" fill=\"#222222\">",
      "<title id=\"title\">\(Self.escaped(title))</title>",
      "<desc id=\"desc\">\(Self.escaped(description))</desc>",
      "<rect width=\"\(width)\" height=\"\(height)\" rx=\"8\" fill=\"#ffffff\"/>",
    ]
  }

  /// The whole file.
  var text: String { (head + body + ["</svg>", ""]).joined(separator: "\n") }

  // MARK: - Elements

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String, width: Double,
    dashes: String = ""
  ) {
    body.append(
      "<line x1=\"\(Self.tenths(x1))\" y1=\"\(Self.tenths(y1))\" x2=\"\(Self.tenths(x2))\" "
        + "y2=\"\(Self.tenths(y2))\" stroke=\"\(color)\" stroke-width=\"\(Self.tenths(width))\""
        + Self.dashing(dashes) + "/>")
  }

  mutating func path(_ points: [(x: Double, y: Double)], style: Style) {
    let places = points.map { "\(Self.tenths($0.x)),\(Self.tenths($0.y))" }
    body.append(
      "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" "
        + "stroke=\"\(style.color)\" stroke-width=\"2.4\" stroke-linejoin=\"round\""
        + Self.dashing(style.dashes) + "/>")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, color: String
  ) {
    body.append(
      "<rect x=\"\(Self.tenths(x))\" y=\"\(Self.tenths(y))\" width=\"\(Self.tenths(width))\" "
        + "height=\"\(Self.tenths(max(0, height)))\" fill=\"\(color)\"/>")
  }

  mutating func dot(x: Double, y: Double, color: String) {
    body.append(
      "<circle cx=\"\(Self.tenths(x))\" cy=\"\(Self.tenths(y))\" r=\"4.5\" fill=\"\(color)\"/>")
  }

  /// - Parameters:
  ///   - isUpright: Turned to read from below.
  ///   - hasHalo: On a white edge, for a label across lines.
  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, weight: String? = nil,
    anchor: Anchor = .start, isUpright: Bool = false, hasHalo: Bool = false
  ) {
    var attributes =
      "x=\"\(Self.tenths(x))\" y=\"\(Self.tenths(y))\" font-size=\"\(Self.tenths(size))\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if let weight { attributes += " font-weight=\"\(weight)\"" }
    if isUpright {
      attributes += " transform=\"rotate(-90 \(Self.tenths(x)) \(Self.tenths(y)))\""
    }
    if hasHalo {
      attributes += " stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\""
    }
    body.append("<text \(attributes)>\(Self.escaped(text))</text>")
  }

  // MARK: - Helpers

  /// The width of a text in pixels, roughly and rather too much than too little.
  static func widthOfText(_ text: String, size: Double) -> Double {
    Double(text.count) * size * 0.58
  }

  private static func dashing(_ dashes: String) -> String {
    dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
  }

  /// A number with at most one decimal, the same on every machine.
  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (ones, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return rest == 0 ? "\(sign)\(ones)" : "\(sign)\(ones).\(rest)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
