import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A picture as a parser of XML reads it: flat, in document order.
final class SVGDocument: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// How many elements it lies within.
    var depth: Int

    func number(_ attribute: String) -> Double { Double(attributes[attribute] ?? "") ?? .nan }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Nil for a text that is not well-formed.
  init?(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse(), !elements.isEmpty else { return nil }
  }

  var root: Element { elements[0] }
  var ids: [String] { elements.compactMap { $0.attributes["id"] } }
  /// Width and height of the drawing's space.
  var size: (width: Double, height: Double) {
    let numbers = (root.attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
    return numbers.count == 4 ? (numbers[2], numbers[3]) : (0, 0)
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  var texts: [String] { all("text").map(\.text) }

  /// Every attribute that is a place or a size.
  var numbers: [String] {
    let named = ["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "font-size"]
    return elements.flatMap { element in
      named.compactMap { element.attributes[$0] }
        + (element.attributes["points"] ?? "").split { " ,".contains($0) }.map(String.init)
    }
  }

  /// Texts that reach over the edge, each character half as wide as high.
  var cutTexts: [String] {
    let (width, height) = size
    return all("text").filter { text in
      let length = Double(text.text.count) * text.number("font-size") * 0.5
      let before =
        switch text.attributes["text-anchor"] {
        case "middle": length / 2
        case "end": length
        default: 0.0
        }
      let turned = text.attributes["transform"]?.split { "( ".contains($0) }.dropFirst().first
      let angle = (turned.flatMap { Double($0) } ?? 0) * .pi / 180
      return [-before, length - before].contains { along in
        let (x, y) = (
          text.number("x") + along * cos(angle), text.number("y") + along * sin(angle)
        )
        return !(0...width).contains(x) || !(0...height).contains(y)
      }
    }.map(\.text)
  }

  // MARK: - XMLParserDelegate

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, depth: open.count - 1))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }
}
