/// What a path of the dashboard stands for.
///
/// ```
/// /                  list
/// /events            news of the list
/// /runs/3            run(3)
/// /runs/3/events     news of a run
/// /runs/3.json       data(3)
/// /runs/3/examples   the examples of a run's page, as data
/// /compare  /examples
/// /style.css  /page.js  /favicon.ico
/// ```
/// Nothing else is a path here: none leads to a file, so there is nothing to climb out of.
enum Route: Sendable, Hashable {
  case list
  case listEvents
  case run(Int)
  case events(run: Int)
  case data(run: Int)
  case exampleData(run: Int)
  case compare
  case examples
  case style
  case script
  case icon

  /// - Parameter path: As it was sent, without the query. It is not decoded: the paths above need no
  ///   escapes, so one that has some is none of them.
  init?(path: String) {
    switch path {
    case "/": self = .list
    case "/events": self = .listEvents
    case "/compare": self = .compare
    case "/examples": self = .examples
    case "/style.css": self = .style
    case "/page.js": self = .script
    case "/favicon.ico": self = .icon
    default:
      guard path.hasPrefix("/runs/") else { return nil }
      let rest = path.dropFirst("/runs/".count)
      if let number = Self.number(rest) {
        self = .run(number)
      } else if rest.hasSuffix("/events"), let number = Self.number(rest.dropLast(7)) {
        self = .events(run: number)
      } else if rest.hasSuffix("/examples"), let number = Self.number(rest.dropLast(9)) {
        self = .exampleData(run: number)
      } else if rest.hasSuffix(".json"), let number = Self.number(rest.dropLast(5)) {
        self = .data(run: number)
      } else {
        return nil
      }
    }
  }

  /// A number from 1 as it is written here: digits alone, no zero before them.
  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0" else {
      return nil
    }
    return Int(text)
  }

  /// The run whose page or data it is; nil for all else.
  var run: Int? {
    switch self {
    case .run(let number), .data(let number), .exampleData(let number): number
    default: nil
    }
  }

  /// The path of a run's page.
  static func path(run: Int) -> String { "/runs/\(run)" }

  /// The path of the examples of a run's page.
  static func path(examplesOf run: Int) -> String { "/runs/\(run)/examples" }
}
