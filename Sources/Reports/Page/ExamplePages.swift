import Suites
import Tuning

/// The examples of a page as its script finds them: what many rows have in common stands once, and is
/// known by its place.
struct ExamplePages {
  /// Those that find room, in order.
  let rows: [ExampleRow]
  /// Of all behaviors that have a row, in order of name.
  let behaviors: [String]
  /// What was expected and what came, by their places.
  let pairs: [Pair]
  /// All groups of failures, the largest first.
  let groups: [Group]
  /// What is left out, as a sentence with a space before it.
  let note: String
  private let behaviorPlaces: [String: Int]
  private let pairPlaces: [Pair: Int]
  private let groupPlaces: [GroupKey: Int]

  struct Pair: Hashable {
    var expected: Expectation
    /// Nil where nothing usable came, and where it passes and is not known.
    var reply: String?
    var passes: Bool

    init(_ row: ExampleRow) {
      (expected, reply, passes) = (row.expected, row.reply, row.state.passes)
    }

    init(expected: String, reply: String?) {
      (self.expected, self.reply, passes) = (.label(expected), reply, false)
    }
  }

  struct Group {
    var group: FailureGroup
    var title: String
    /// Rows that are of it.
    var rows: Int
  }

  private struct GroupKey: Hashable {
    var behavior: String
    var index: Int

    init(behavior: String, index: Int) {
      (self.behavior, self.index) = (behavior, index)
    }

    init?(_ row: ExampleRow) {
      guard let group = row.group else { return nil }
      self.init(behavior: row.behavior, index: group)
    }
  }

  init(_ report: RunReport) {
    let room = ExampleRoom(report.examples)
    rows = room.rows
    note = room.note
    behaviors = Set(rows.map(\.behavior)).sorted()
    behaviorPlaces = Self.places(behaviors)
    var pairs: [Pair] = []
    var pairPlaces: [Pair: Int] = [:]
    for row in rows {
      let pair = Pair(row)
      guard pairPlaces[pair] == nil else { continue }
      pairPlaces[pair] = pairs.count
      pairs.append(pair)
    }
    (self.pairs, self.pairPlaces) = (pairs, pairPlaces)
    let counts = rows.compactMap(GroupKey.init).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let groups = report.behaviors.flatMap { row in
      row.failureGroups.enumerated().map { index, group in
        (key: GroupKey(behavior: row.behavior, index: index), group: group)
      }
    }.sorted {
      ($1.group.count, $0.key.behavior, $0.key.index)
        < ($0.group.count, $1.key.behavior, $1.key.index)
    }
    groupPlaces = Self.places(groups.map(\.key))
    self.groups = groups.enumerated().map { place, one in
      Group(
        group: one.group, title: "\(place + 1). \(Self.title(one.group))",
        rows: counts[one.key] ?? 0)
    }
  }

  private static func places<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
  }

  private static func title(_ group: FailureGroup) -> String {
    let words = group.words.map { "“\($0.shown())”" }
    return "\(group.behavior.shown()): \(Format.count(group.count, "failure"))"
      + (words.isEmpty ? "" : " with \(words.joined(separator: ", "))")
  }

  // MARK: - Names, by which links choose

  /// Nil where no row is of it.
  func name(behavior: String) -> String? { behaviorPlaces[behavior].map { _ in behavior.shown() } }

  /// Of failures that expect a label and were answered another, or nothing usable; nil where no row is.
  func name(expected: String, reply: String?) -> String? {
    let pair = Pair(expected: expected, reply: reply)
    return pairPlaces[pair].map { _ in pair.name }
  }

  // MARK: - Places, by which rows say what they have in common

  func place(behavior: String) -> Int { behaviorPlaces[behavior] ?? 0 }

  func place(_ pair: Pair) -> Int { pairPlaces[pair] ?? 0 }

  func group(of row: ExampleRow) -> Int? { GroupKey(row).flatMap { groupPlaces[$0] } }
}

extension ExamplePages.Pair {
  /// What a table shows of it.
  var texts: (expected: String, reply: String) {
    let answered = reply.map { $0.shown(200) } ?? (passes ? "as expected" : "nothing usable")
    return (expected.worded { $0.shown() }, answered)
  }

  var name: String { "\(texts.expected) → \(texts.reply)" }
}

extension ExampleRow.State {
  var words: String {
    switch self {
    case .fails: "fails, as at the start"
    case .lost: "fails, passed at the start"
    case .gained: "passes, failed at the start"
    case .passes: "passes, as at the start"
    }
  }
}
