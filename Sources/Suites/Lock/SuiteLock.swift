/// What `hone.lock` holds: the role of every input and named cluster, the ledger, and the baseline
/// of the regression test.
///
/// Keys are hashes, never texts. Entries of rows that are gone stay, so that a row that comes
/// back keeps its role.
public struct SuiteLock: Sendable, Hashable, Codable {
  /// By key of an input (`Example.inputKey`) or of a named cluster.
  public var roles: [String: Role]
  public var ledger: Ledger
  /// What `hone test` compares with; nil before anything was certified.
  public var baseline: Baseline?

  public init(
    roles: [String: Role] = [:], ledger: Ledger = Ledger(), baseline: Baseline? = nil
  ) {
    self.roles = roles
    self.ledger = ledger
    self.baseline = baseline
  }
}
