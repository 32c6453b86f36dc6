/// The lanes of a graph of checkpoints, oldest first, drawn row by row. Pure.
///
/// ```
/// ○        a base
/// ●        its child
/// ├─╮      two went on from there
/// ○ │      one of them
///   ○      the other
///   ╰─×    a candidate that came to nothing
/// ```
struct CheckpointGraph {
  /// What each lane goes on from; nil where it is free.
  private var lanes: [String?] = []
  /// Children and stubs of a checkpoint that are yet to be drawn.
  private var children: [String: Int]
  private var stubs: [String: Int]
  private let unicode: Bool

  /// - Parameters:
  ///   - children: How many checkpoints each one is the parent of; none where it is not named.
  ///   - stubs: How many candidates were rejected while it was the champion.
  init(children: [String: Int], stubs: [String: Int] = [:], unicode: Bool) {
    self.children = children
    self.stubs = stubs
    self.unicode = unicode
  }

  /// Draws a checkpoint below its parent; one without starts a lane.
  ///
  /// - Returns: Its row, and one that opens a lane for each further child.
  mutating func node(_ id: String, parent: String?, mark: Character) -> [String] {
    let lane = parent.flatMap { lanes.firstIndex(of: $0) } ?? freeLane(after: -1)
    if let parent { children[parent, default: 1] -= 1 }
    lanes[lane] = id
    let row = row { $0 == lane ? mark : nil }
    let isParent = children[id, default: 0] + stubs[id, default: 0] > 0
    if !isParent { lanes[lane] = nil }
    var opened: [Int] = []
    for _ in 1..<max(1, children[id, default: 0]) {
      opened.append(freeLane(after: lane))
      lanes[opened.last!] = id
    }
    return opened.isEmpty ? [row] : [row, fork(from: lane, to: opened)]
  }

  /// Draws a candidate that did not become a champion, beside the one that stayed.
  mutating func stub(of id: String, mark: Character) -> String {
    guard let lane = lanes.firstIndex(of: id) else { return String(mark) }
    stubs[id, default: 1] -= 1
    let goesOn = children[id, default: 0] + stubs[id, default: 0] > 0
    if !goesOn { lanes[lane] = nil }
    let corner: Character = goesOn ? (unicode ? "├" : "|") : (unicode ? "╰" : "`")
    let before = row { $0 == lane ? corner : nil }
    return before.padded(to: 2 * lane + 1) + String(line) + String(mark)
  }

  /// The lanes that are open, beside lines of text.
  var between: String { row { _ in nil } }

  // MARK: -

  private var line: Character { unicode ? "─" : "-" }

  private mutating func freeLane(after lane: Int) -> Int {
    if let free = lanes.indices.first(where: { $0 > lane && lanes[$0] == nil }) { return free }
    lanes.append(nil)
    return lanes.count - 1
  }

  private func row(_ own: (Int) -> Character?) -> String {
    let cells = lanes.indices.map { lane in
      String(own(lane) ?? (lanes[lane] == nil ? " " : unicode ? "│" : "|"))
    }
    return Self.trimmed(cells.joined(separator: " "))
  }

  private func fork(from lane: Int, to opened: [Int]) -> String {
    let last = opened.max() ?? lane
    var text = ""
    for index in lanes.indices {
      let isInside = index > lane && index <= last
      let isOpen = lanes[index] != nil
      let cell: Character =
        switch (isInside, opened.contains(index), index == lane) {
        case (_, _, true): unicode ? "├" : "|"
        case (true, true, _): index == last ? (unicode ? "╮" : ".") : unicode ? "┬" : "."
        case (true, false, _) where isOpen: unicode ? "┼" : "+"
        case (true, false, _): line
        default: isOpen ? (unicode ? "│" : "|") : " "
        }
      if index > 0 { text.append(isInside ? line : " ") }
      text.append(cell)
    }
    return Self.trimmed(text)
  }

  private static func trimmed(_ row: String) -> String {
    var row = row
    while row.hasSuffix(" ") { row.removeLast() }
    return row
  }
}
