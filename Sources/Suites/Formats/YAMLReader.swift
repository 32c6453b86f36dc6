import Yams

/// Reads a YAML document as values with places.
///
/// Scalars are taken as written (`no` is `no`, `1.0` is `1.0`). The document is composed by Yams
/// and walked with a budget: a handful of aliases can stand for more values than fit in memory.
struct YAMLReader {
  /// The most values that a document may come to once aliases are followed.
  static let nodeLimit = 2_000_000
  static let depthLimit = 64

  let file: String
  private var nodes = 0

  /// - Returns: Nil where the file holds nothing but comments.
  static func read(_ text: String, file: String) throws(SuiteErrors) -> SourceValue? {
    if let line = MergeConflict.firstLine(in: text) {
      throw SuiteErrors(
        SuiteError(.mergeConflict, at: SourceLocation(file: file, line: line, column: 1)))
    }
    if let place = YAMLGuard.firstAliasedKey(in: text) {
      throw SuiteErrors(
        SuiteError(
          .syntax(format: "YAML that Hone reads", problem: "a key must be a plain word, no alias"),
          at: SourceLocation(file, place)))
    }
    let root: Node?
    do {
      root = try Yams.Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw SuiteErrors(YAMLGuard.error(error, in: text, file: file))
    }
    guard let root else { return nil }
    var reader = YAMLReader(file: file)
    return try reader.value(root, depth: 0, at: Place(line: 1, column: 1))
  }

  private init(file: String) {
    self.file = file
  }

  private mutating func value(
    _ node: Node, depth: Int, at fallback: Place
  ) throws(SuiteErrors) -> SourceValue {
    let place = node.mark.map { Place(line: $0.line, column: $0.column) } ?? fallback
    func refuse(_ problem: SuiteError.Problem) -> SuiteErrors {
      SuiteErrors(SuiteError(problem, at: SourceLocation(file, place)))
    }
    nodes += 1
    if nodes > Self.nodeLimit { throw refuse(.tooManyNodes(limit: Self.nodeLimit)) }
    if depth > Self.depthLimit { throw refuse(.nested(limit: Self.depthLimit)) }
    switch node {
    case .scalar(let scalar):
      let isNothing = scalar.style == .plain && scalar.string.isEmpty
      return SourceValue(content: isNothing ? .nothing : .scalar(scalar.string), place: place)
    case .sequence(let sequence):
      var items: [SourceValue] = []
      items.reserveCapacity(sequence.count)
      for item in sequence {
        items.append(try value(item, depth: depth + 1, at: place))
      }
      return SourceValue(content: .list(items), place: place)
    case .mapping(let mapping):
      var entries: [SourceValue.Entry] = []
      entries.reserveCapacity(mapping.count)
      for (key, item) in mapping {
        let keyPlace = key.mark.map { Place(line: $0.line, column: $0.column) } ?? place
        guard let name = key.scalar?.string else {
          throw SuiteErrors(
            SuiteError(
              .syntax(format: "YAML that Hone reads", problem: "a key must be a plain word"),
              at: SourceLocation(file, keyPlace)))
        }
        entries.append(
          SourceValue.Entry(
            key: name, place: keyPlace, value: try value(item, depth: depth + 1, at: keyPlace)))
      }
      return SourceValue(content: .table(entries), place: place)
    case .alias:
      throw refuse(.syntax(format: "YAML that Hone reads", problem: "an alias without its anchor"))
    }
  }
}
