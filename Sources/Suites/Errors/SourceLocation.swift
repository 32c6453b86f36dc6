/// A place in a file: where a row begins, where a key stands.
public struct SourceLocation: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Path relative to the suite's folder, with `/`.
  public var file: String
  /// Counted from 1; 0 stands for the file as a whole.
  public var line: Int
  /// Counted from 1, in Unicode scalars; 0 stands for the line as a whole.
  public var column: Int

  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`, without the parts that are 0.
  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}

extension SourceLocation: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation {
  init(_ file: String, _ place: Place) {
    self.init(file: file, line: place.line, column: place.column)
  }
}

/// A place within the file at hand.
package struct Place: Sendable, Hashable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  static let wholeFile = Place(line: 0, column: 0)
}
