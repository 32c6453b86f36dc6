public import Foundation

/// Rows from anywhere, sorted by label: what `hone init --from` makes a suite of.
public struct LabelledRows: Sendable, Hashable {
  /// In order of label.
  public let labels: [LabelCount]
  /// Rows left out, in order of place; empty unless that was asked for.
  public let setAside: [SetAsideRow]
  /// By label, in order of place.
  let rows: [String: [Row]]
  /// In order of place.
  let all: [Row]

  /// What the rows can show of one label.
  public struct LabelCount: Sendable, Hashable, Codable {
    public var label: String
    public var rows: Int
    /// Independent units: clusters, not rows.
    public var units: Int
    /// Units that will be sealed with the default shares.
    public var sealed: Int
  }

  /// Reads a CSV, TSV, JSON or JSON-lines file.
  ///
  /// - Parameters:
  ///   - fields: How the file names input, expectation and cluster.
  ///   - onBadRow: `skip` sets aside rows that cannot be used, and all sides of a contradiction.
  /// - Throws: `SuiteErrors` with every place, and where no row is left.
  public static func read(
    _ file: URL, fields: FieldNames = FieldNames(), onBadRow: BadRowPolicy = .refuse
  ) throws(SuiteErrors) -> LabelledRows {
    let name = file.lastPathComponent
    let place = SourceLocation(file: name)
    guard let format = RowFormat(path: name) else {
      throw SuiteErrors(SuiteError(.unknownFormat(name), at: place))
    }
    var draft = BehaviorReader.Draft(
      name: name, target: 0, hope: 1, onBadRow: onBadRow, location: place)
    let interpreter = RowInterpreter(fields: fields, expect: nil)
    let found = ExampleFiles.Found(url: file, name: name, format: format, role: nil)
    try ExampleFile.read(found, fields: fields, needsExpected: true) { source in
      draft.add(source, from: found, interpreter)
    }
    var drafts = [draft]
    let sorted = RowSorting.sort(&drafts)
    if let errors = SuiteErrors(sorted.errors) { throw errors }
    guard !drafts[0].rows.isEmpty else { throw SuiteErrors(SuiteError(.noRows, at: place)) }
    return LabelledRows(drafts[0].rows, setAside: sorted.setAside.sorted())
  }

  private init(_ all: [Row], setAside: [SetAsideRow]) {
    self.setAside = setAside
    self.all = all.sorted { $0.location < $1.location }
    let rows = Dictionary(grouping: all, by: \.expected.named)
    self.rows = rows
    let clustering = Clustering(rows: all)
    labels = rows.keys.sorted().map { label in
      let same = rows[label] ?? []
      let clusters = Set(clustering.examples(of: same).map(\.cluster))
      let sealed = clusters.filter { Fingerprint.role(of: $0, shares: RoleShares()) == .sealed }
      return LabelCount(
        label: label, rows: same.count, units: clusters.count, sealed: sealed.count)
    }
  }
}
