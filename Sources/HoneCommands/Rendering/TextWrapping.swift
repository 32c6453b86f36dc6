import Reports

extension String {
  /// The text in lines of at most `width` columns, broken at blanks; longer words stay whole.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ").map(String.init) {
      if !line.isEmpty, line.displayWidth + 1 + word.displayWidth > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The same with something before the first line, e.g. `→ `, and as many blanks before the others.
  func wrapped(to width: Int, after mark: String) -> [String] {
    let blanks = String(repeating: " ", count: mark.displayWidth)
    return wrapped(to: max(20, width - mark.displayWidth)).enumerated()
      .map { ($0 == 0 ? mark : blanks) + $1 }
  }
}

extension String {
  /// The text in lines of at most `width` columns, those after the first indented like it, and by
  /// two more.
  package func hung(to width: Int) -> [String] {
    guard displayWidth > width else { return [self] }
    let indent = prefix { $0 == " " }.count
    let blanks = String(repeating: " ", count: indent)
    return String(dropFirst(indent)).wrapped(to: max(20, width - indent - 2)).enumerated()
      .map { blanks + ($0 == 0 ? "" : "  ") + $1 }
  }
}

extension Int {
  /// With a comma between thousands, e.g. `12,345`.
  var grouped: String {
    let digits = String(magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (self < 0 ? "-" : "") + result
  }
}
