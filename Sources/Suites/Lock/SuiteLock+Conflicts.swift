extension SuiteLock {
  /// A part of `hone.lock`: each is merged in its own way.
  public enum Part: String, Sendable, Hashable, Codable, CaseIterable {
    case roles
    case ledger
    case baseline
  }

  /// The conflicts that git left in the text of a lock, each at its first marker; none where there
  /// are no markers.
  static func conflicts(in text: String, file: String) -> [SuiteError] {
    guard MergeConflict.firstLine(in: text) != nil else { return [] }
    var errors: [SuiteError] = []
    var part: Part?
    var open: (line: Int, parts: Set<Part>)?
    func close() {
      guard let conflict = open else { return }
      errors.append(
        SuiteError(
          .lockConflict(parts: conflict.parts.sorted { $0.rawValue > $1.rawValue }),
          at: SourceLocation(file: file, line: conflict.line, column: 1)))
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("<<<<<<< ") {
        close()
        open = (index + 1, [])
      } else if line.hasPrefix(">>>>>>> ") {
        if open == nil { open = (index + 1, []) }
        close()
        open = nil
      } else if let begun = Part.allCases.first(where: { line.hasPrefix("\($0.rawValue):") }) {
        part = begun
        open?.parts.insert(begun)
      } else if let part, line.hasPrefix(" ") {
        open?.parts.insert(part)
      }
    }
    close()
    return errors
  }

  /// What to do about a conflict in some parts.
  static func advice(on parts: [Part]) -> String {
    let advice = parts.map { part in
      switch part {
      case .roles:
        "In 'roles', keep the lines of both sides; of two lines with one key keep the lower role"
          + " (train, then dev, then gate, then sealed)"
      case .ledger:
        "In 'ledger', no attempt may get lost: keep one side, append the attempts and the exposed"
          + " examples that only the other has, numbered on, and raise 'spent' of their pools by as"
          + " many; 'hone check' says where that was forgotten"
      case .baseline:
        "In 'baseline', keep either side, whole; then 'hone test --update-baseline' or 'hone train'"
          + " writes it anew"
      }
    }
    return
      (advice.isEmpty ? ["Keep one side"] : advice).joined(separator: ". ")
      + ". Remove the marker lines, and run 'hone check'"
  }
}
