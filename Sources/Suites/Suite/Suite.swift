public import Foundation

/// All that is required of one model: a folder with `hone.yaml` and `behaviors/`, as a value.
///
/// ```swift
/// let suite = try Suite.read(folder: folder)
/// let (dealt, lock) = try deal(suite, lock: try SuiteLock.read(from: suite.lockFile))
/// ```
///
/// Everything in it is sorted, so the same content is the same value in whatever order files
/// were listed.
public struct Suite: Sendable, Hashable, Codable {
  public var folder: URL
  public var model: ModelSettings
  public var tuning: TuningSettings
  /// What the examples stand for; printed on the certificate.
  public var population: String?
  public var roles: RoleShares
  public var claims: Claims
  public var onBadRow: BadRowPolicy
  /// In order of name.
  public var behaviors: [Behavior]
  /// In order of id; every example's cluster is here.
  public var clusters: [Cluster]
  /// Rows left out because the suite said so, in order of place.
  public var setAside: [SetAsideRow]
  public var rows: RowCounts
  /// In order of place.
  public var notes: [SuiteNote]
  /// SHA-256 of what the suite requires, 64 hexadecimal digits; see `contentHash(of:)`.
  public var contentHash: String

  /// Puts a suite together from parts, e.g. in a test; `read(folder:)` makes one from files.
  ///
  /// Clusters, counts and hash follow from the behaviors. Examples keep the clusters they name.
  public init(
    folder: URL, model: ModelSettings = ModelSettings(), tuning: TuningSettings = TuningSettings(),
    population: String? = nil, roles: RoleShares = RoleShares(), claims: Claims = Claims(),
    onBadRow: BadRowPolicy = .refuse, behaviors: [Behavior]
  ) {
    self.init(
      folder: folder, model: model, tuning: tuning, population: population, roles: roles,
      claims: claims, onBadRow: onBadRow, behaviors: behaviors,
      clusters: Self.clusters(of: behaviors), setAside: [], rows: RowCounts(), notes: [])
    rows = RowCounts(
      usable: behaviors.reduce(0) { $0 + $1.examples.count },
      examples: behaviors.reduce(0) { $0 + $1.examples.count },
      inputs: Set(behaviors.flatMap { $0.examples.map(\.inputKey) }).count,
      clusters: clusters.count)
  }

  init(
    folder: URL, model: ModelSettings, tuning: TuningSettings, population: String?,
    roles: RoleShares, claims: Claims, onBadRow: BadRowPolicy, behaviors: [Behavior],
    clusters: [Cluster], setAside: [SetAsideRow], rows: RowCounts, notes: [SuiteNote]
  ) {
    self.folder = folder
    self.model = model
    self.tuning = tuning
    self.population = population
    self.roles = roles
    self.claims = claims
    self.onBadRow = onBadRow
    self.behaviors = behaviors.sorted { $0.name < $1.name }
    self.clusters = clusters.sorted { $0.id < $1.id }
    self.setAside = setAside.sorted()
    self.rows = rows
    self.notes = notes.sorted()
    contentHash = ""
    contentHash = Self.contentHash(of: self)
  }

  /// Where the committed record of this suite stands.
  public var lockFile: URL { folder.appendingPathComponent("hone.lock") }

  public subscript(behavior name: String) -> Behavior? {
    behaviors.first { $0.name == name }
  }

  /// Every label that is expected, sorted, without repeats: a classifier's classes.
  public var labels: [String] {
    Set(behaviors.lazy.flatMap { $0.examples.lazy.compactMap(\.expected.label) }).sorted()
  }

  private static func clusters(of behaviors: [Behavior]) -> [Cluster] {
    var members: [ClusterID: (inputs: Set<String>, locations: Set<SourceLocation>)] = [:]
    for example in behaviors.lazy.flatMap(\.examples) {
      members[example.cluster, default: ([], [])].inputs.insert(example.inputKey)
      members[example.cluster, default: ([], [])].locations.formUnion(example.locations)
    }
    return members.map { id, found in
      Cluster(
        id: id, inputs: found.inputs.sorted(),
        names: found.inputs.contains(id.hex) ? [] : [id.hex], alike: 1,
        locations: found.locations.sorted())
    }
  }
}
