import Reports
import Statistics

/// Behaviors with their error bars in so many lines: all of them, or those that matter most.
struct BehaviorLines {
  private let rows: [LiveRun.Row]
  private let width: Int
  private let height: Int
  private let terminal: Terminal

  init(_ rows: [LiveRun.Row], width: Int, height: Int, _ terminal: Terminal) {
    self.rows = rows
    self.width = width
    self.height = height
    self.terminal = terminal
  }

  var lines: [String] {
    guard !rows.isEmpty, height > 1 else { return [] }
    let shown = shownRows
    let layout = Layout(shown, width: width, terminal: terminal)
    var lines = [terminal.styled(layout.header, .dim)]
    lines += shown.map { line($0, layout) }
    if shown.count < rows.count { lines.append(terminal.styled(more(than: shown), .dim)) }
    return lines
  }

  /// All in order of name where they fit; else first the focus of the round, then the lowest chance.
  private var shownRows: [LiveRun.Row] {
    if rows.count < height { return rows }
    return Array(
      rows.sorted {
        ($0.isFocus ? 0 : 1, $0.chance, $0.behavior)
          < ($1.isFocus ? 0 : 1, $1.chance, $1.behavior)
      }.prefix(max(0, height - 2)))
  }

  private func more(than shown: [LiveRun.Row]) -> String {
    let names = Set(shown.map(\.behavior))
    let others = rows.filter { !names.contains($0.behavior) }
    let counts = Standing.allCases.compactMap { standing in
      let count = others.count { Standing($0) == standing }
      return count == 0 ? nil : "\(count) \(standing.mark(terminal))"
    }
    let text = terminal.shown("… \(others.count) more")
    return (text + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")))
      .truncated(to: width)
  }

  private func line(_ row: LiveRun.Row, _ layout: Layout) -> String {
    let standing = Standing(row)
    let grades = row.candidate ?? row.champion
    // The champion's until the candidate's own replies come in.
    let isOld = row.candidate == nil
    let style: Terminal.Style? = isOld ? .dim : standing.style
    func styled(_ text: String, _ style: Terminal.Style?) -> String {
      style.map { terminal.styled(text, $0) } ?? text
    }
    let name = layout.name(row.behavior)
    var cells = [
      styled(standing.mark(terminal), style) + " "
        + styled(name, row.isFocus ? .bold : isOld ? .dim : nil)
    ]
    if layout.showsTarget {
      cells.append(styled(layout.target(row.target), isOld ? .dim : nil))
    }
    cells.append(styled(layout.counts(grades), isOld ? .dim : nil))
    if let bar = layout.bar {
      let drawn = grades.map {
        bar.draw($0.errorBar, point: $0.rate, target: row.target)
      }
      cells.append(styled(drawn ?? "", style))
    }
    return cells.joined(separator: "  ")
  }

  // MARK: -

  /// Where an error bar lies, told by a sign and not by color alone.
  private enum Standing: CaseIterable {
    case above, across, below, unknown

    init(_ row: LiveRun.Row) {
      guard let grades = row.candidate ?? row.champion, grades.trials > 0 else {
        self = .unknown
        return
      }
      let bar = grades.errorBar
      self = bar.lower >= row.target ? .above : bar.upper < row.target ? .below : .across
    }

    func mark(_ terminal: Terminal) -> String {
      switch self {
      case .above: terminal.usesUnicode ? "✓" : "+"
      case .below: terminal.usesUnicode ? "✗" : "x"
      case .across: "?"
      case .unknown: terminal.usesUnicode ? "·" : "."
      }
    }

    var style: Terminal.Style? {
      switch self {
      case .above: .green
      case .below: .red
      case .across: .yellow
      case .unknown: nil
      }
    }
  }

  /// Which columns there are, and how wide.
  private struct Layout {
    let nameWidth: Int
    let targetWidth: Int
    let countsWidth: Int
    let showsTarget: Bool
    /// Nil where there is no room for one.
    let bar: ErrorBar?
    private let terminal: Terminal

    init(_ rows: [LiveRun.Row], width: Int, terminal: Terminal) {
      self.terminal = terminal
      let names = rows.map { $0.behavior.liveName(terminal).displayWidth }.max() ?? 0
      nameWidth = min(max(8, names), max(8, min(TextTable.longestName, width / 3)))
      targetWidth = max(6, rows.map { Format.target($0.target).count }.max() ?? 0)
      countsWidth = max(
        7, rows.flatMap { [$0.champion, $0.candidate] }.map { $0?.text.count ?? 0 }.max() ?? 0)
      let least = 2 + nameWidth + 2 + countsWidth
      showsTarget = least + 2 + targetWidth + 2 + 12 <= width
      // The labels of the axis take two columns more than a bar.
      let room = width - least - 2 - (showsTarget ? targetWidth + 2 : 0) - 2
      let lowest = rows.map { min($0.champion?.errorBar.lower ?? $0.target, $0.target) }.min()
      bar =
        room < 10
        ? nil
        : ErrorBar(
          axis: ErrorBar.axis(for: (lowest ?? 0.5) - 0.02), width: min(60, room),
          unicode: terminal.usesUnicode)
    }

    var header: String {
      var cells = ["  " + "behavior".padded(to: nameWidth)]
      if showsTarget { cells.append("target".padded(to: targetWidth, .right)) }
      cells.append("dev".padded(to: countsWidth, .right))
      if let bar { cells.append(bar.scale()) }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }

    func name(_ behavior: String) -> String {
      terminal.shown(behavior.liveName(terminal).truncated(to: nameWidth)).padded(to: nameWidth)
    }

    func target(_ target: Double) -> String {
      Format.target(target).padded(to: targetWidth, .right)
    }

    func counts(_ grades: LiveRun.Grades?) -> String {
      (grades?.text ?? "").padded(to: countsWidth, .right)
    }
  }
}

extension LiveRun.Grades {
  var rate: Double? { trials == 0 ? nil : Double(passes) / Double(trials) }

  var text: String { "\(passes)/\(trials)" }
}

extension String {
  /// A name on whose width terminals agree: harmless, with few combining marks, and without the
  /// selectors that make some terminals draw a character wider than others do.
  fileprivate func liveName(_ terminal: Terminal) -> String {
    // A mark that stands first would join what is written before it.
    var name = first?.unicodeScalars.first?.properties.isGraphemeExtend == true ? "◌" : ""
    for character in harmless {
      var kept = String.UnicodeScalarView()
      for scalar in character.unicodeScalars.prefix(4)
      where !scalar.properties.isVariationSelector {
        kept.append(scalar)
      }
      name += String(kept)
    }
    return terminal.shown(name)
  }
}
