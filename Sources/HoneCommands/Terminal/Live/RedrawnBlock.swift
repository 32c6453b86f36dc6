import Reports

/// Lines at the foot of a terminal that are drawn anew in place, as bytes. Pure.
///
/// ```
/// accepted: joint chance < 1 % → 91 %     lines that stay; they scroll away
/// round 2 of 12 · head                    ┐
/// measuring 512/968 replies               │ the block: moved down by lines that stay,
/// ✓ refill  0.85  120/128  ├──●─┤         ┘ redrawn where it changed
/// _                                       the cursor, always at the start of this line
/// ```
/// Each frame is one write. It assumes nothing of the screen but that the cursor is where the last
/// frame left it, and that a terminal which became narrower has wrapped what no longer fits.
package struct RedrawnBlock: Sendable {
  private var shown: [String] = []
  private var size = Size(columns: 80, rows: 24)

  package struct Size: Sendable, Hashable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  private enum Control {
    /// Terminals that can do so show a frame when it is whole; the others pass over this.
    static let begin = "\u{1B}[?2026h\u{1B}[?25l"
    static let end = "\u{1B}[?25h\u{1B}[?2026l"
    /// A line that the terminal takes for wider than it is thought to be is cut, not wrapped.
    static let noWrap = "\u{1B}[?7l"
    static let wrap = "\u{1B}[?7h"
    static let eraseLine = "\u{1B}[K"
    static let newLine = "\r\n"
  }

  package init() {}

  /// Turns what is on the screen into `lines`.
  ///
  /// - Parameters:
  ///   - lines: Narrower than the terminal; those that do not fit above the cursor are left out.
  ///   - above: Lines that stay, of any width.
  /// - Returns: What to write; empty where nothing has changed.
  package mutating func frame(_ lines: [String], above: [String] = [], size: Size) -> String {
    let lines = Array(lines.prefix(max(0, size.rows - 1)))
    let isAnew = size != self.size || !above.isEmpty
    guard isAnew || lines != shown else { return "" }
    let rows = rows(in: size)
    var body = Self.up(rows)
    if isAnew {
      body += Self.erase(rows)
      for line in above { body += line + Control.newLine }
      shown = []
    }
    body += Control.noWrap
    for (index, line) in lines.enumerated() {
      if index >= shown.count || shown[index] != line { body += line + Control.eraseLine }
      body += Control.newLine
    }
    body += Self.erase(shown.count - lines.count)
    shown = lines
    self.size = size
    return Control.begin + body + Control.wrap + Control.end
  }

  /// Leaves what is on the screen as it is: the next frame is drawn where the cursor is then.
  package mutating func leave() {
    shown = []
  }

  /// How many rows the block takes now, as far as they are on the screen.
  private func rows(in size: Size) -> Int {
    let all = shown.reduce(0) { sum, line in
      // What was narrower than the screen takes one row, whatever the screen was then.
      sum + max(1, (line.displayWidth + size.columns - 1) / max(1, size.columns))
    }
    return min(all, size.rows - 1)
  }

  private static func up(_ rows: Int) -> String {
    rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
  }

  /// Erases some rows and comes back. Row by row: some terminals keep what is erased from the top of
  /// the screen to its end, to be scrolled back to.
  private static func erase(_ rows: Int) -> String {
    guard rows > 0 else { return "" }
    return String(repeating: Control.eraseLine + Control.newLine, count: rows) + up(rows)
  }
}
