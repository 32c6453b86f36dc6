public import Foundation

/// Labelled texts from outside a suite, each beside the behavior that it is evidence on.
///
/// ```
/// rows of the file ─┬─ stand in the suite (same text, or same cluster): never asked about
///                   ├─ a label that one behavior expects: fresh, one unit per cluster
///                   └─ any other label: an error, or listed where bad rows are skipped
/// ```
/// What stands in the suite is no news, and may be sealed: its replies must stay unseen.
public struct FreshRows: Sendable, Hashable {
  /// As errors and places name it.
  public var file: String
  /// Rows that can be used, those of all three kinds.
  public var rows: Int
  /// Independent units by behavior, in order of id; of a cluster one row counts, chosen by hash.
  public var units: [String: [Example]]
  /// Rows of the suite's texts, in order of place.
  public var known: [KnownRow]
  /// Rows that no single behavior claims, in order of place; empty unless bad rows are skipped.
  public var unmatched: [UnmatchedRow]
  /// Rows that cannot be used, in order of place; empty unless bad rows are skipped.
  public var setAside: [SetAsideRow]

  /// A row whose text, or cluster, the suite has.
  public struct KnownRow: Sendable, Hashable, Codable {
    public var location: SourceLocation
    /// Whether the text itself is there, once normalised; else one like it, or of its cluster.
    public var isSameText: Bool
    /// Whether the suite expects another label of that text.
    public var isRelabelled: Bool

    public init(location: SourceLocation, isSameText: Bool, isRelabelled: Bool) {
      self.location = location
      self.isSameText = isSameText
      self.isRelabelled = isRelabelled
    }
  }

  /// A row whose label is not expected by exactly one behavior.
  public struct UnmatchedRow: Sendable, Hashable, Codable {
    public var location: SourceLocation
    public var label: String
    /// The behaviors that expect it: none, or several.
    public var behaviors: [String]

    public init(location: SourceLocation, label: String, behaviors: [String]) {
      self.location = location
      self.label = label
      self.behaviors = behaviors
    }
  }

  public init(
    file: String, rows: Int, units: [String: [Example]], known: [KnownRow],
    unmatched: [UnmatchedRow], setAside: [SetAsideRow]
  ) {
    self.file = file
    self.rows = rows
    self.units = units
    self.known = known
    self.unmatched = unmatched
    self.setAside = setAside
  }

  /// Fresh rows that share a unit with another one of their behavior.
  public var repeated: Int {
    rows - known.count - unmatched.count - units.values.reduce(0) { $0 + $1.count }
  }

  /// Reads a CSV, TSV, JSON or JSON-lines file, and holds it against a suite.
  ///
  /// - Parameters:
  ///   - fields: How the file names input, expectation and cluster.
  ///   - onBadRow: `skip` sets aside rows that cannot be used, and lists those that no behavior
  ///     claims.
  /// - Throws: `SuiteErrors` with every place, and where no row is left.
  public static func read(
    _ file: URL, for suite: Suite, fields: FieldNames = FieldNames(),
    onBadRow: BadRowPolicy = .refuse
  ) throws(SuiteErrors) -> FreshRows {
    let found = try LabelledRows.read(file, fields: fields, onBadRow: onBadRow)
    let sorted = FreshRowSorting(found.all, beside: suite)
    if onBadRow == .refuse, let errors = SuiteErrors(sorted.errors) { throw errors }
    return FreshRows(
      file: file.lastPathComponent, rows: found.all.count, units: sorted.units,
      known: sorted.known, unmatched: sorted.unmatched, setAside: found.setAside)
  }
}
