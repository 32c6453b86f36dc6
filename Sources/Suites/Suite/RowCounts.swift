/// How many rows were read, and what they came to.
public struct RowCounts: Sendable, Hashable, Codable {
  /// Rows that can be used.
  public var usable: Int
  /// Different examples among them, each behavior for itself; those it borrows are not its rows.
  public var examples: Int
  /// Different normalised inputs among them.
  public var inputs: Int
  /// Independent units among them.
  public var clusters: Int
  /// Empty lines between rows.
  public var blankLines: Int

  public init(
    usable: Int = 0, examples: Int = 0, inputs: Int = 0, clusters: Int = 0, blankLines: Int = 0
  ) {
    self.usable = usable
    self.examples = examples
    self.inputs = inputs
    self.clusters = clusters
    self.blankLines = blankLines
  }

  /// Rows that repeat an example of the same behavior.
  public var repeats: Int { usable - examples }
}
