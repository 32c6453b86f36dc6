/// A value as a file holds it, whatever the format, with its place.
package struct SourceValue {
  package var content: Content
  package var place: Place

  package enum Content {
    /// JSON `null`, or nothing after a key in YAML.
    case nothing
    /// Text, number or truth value, as written: `1.0` stays `1.0`.
    case scalar(String)
    case list([SourceValue])
    case table([Entry])
  }

  package struct Entry {
    package var key: String
    package var place: Place
    package var value: SourceValue
  }

  /// What it is, in words.
  var kind: String {
    switch content {
    case .nothing: "nothing"
    case .scalar(let text): text.isEmpty ? "an empty text" : "'\(shown(text))'"
    case .list: "a list"
    case .table: "a mapping"
    }
  }

  var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  var entries: [Entry]? {
    if case .table(let entries) = content { entries } else { nil }
  }

  var isNothing: Bool {
    if case .nothing = content { true } else { false }
  }

  /// The value of a key. No key stands twice.
  subscript(key: String) -> SourceValue? {
    entries?.first { $0.key == key }?.value
  }
}
