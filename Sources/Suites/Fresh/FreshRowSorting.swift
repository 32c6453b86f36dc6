/// Sorts rows from outside into those that a suite has, those that are evidence, and the rest.
struct FreshRowSorting {
  private(set) var units: [String: [Example]] = [:]
  private(set) var known: [FreshRows.KnownRow] = []
  private(set) var unmatched: [FreshRows.UnmatchedRow] = []
  private let labels: [String: [String]]

  /// - Parameter rows: In order of place.
  init(_ rows: [Row], beside suite: Suite) {
    labels = Self.behaviors(of: suite)
    let standing = Self.rows(of: suite)
    let expected = Dictionary(
      standing.map { ($0.normalized.text, [$0.expected]) }, uniquingKeysWith: +)
    let names = Self.clusterNames(of: suite)
    let borrowers = Self.borrowers(of: suite)
    let incoming = rows.map { row in
      var row = row
      row.cluster = row.cluster.map { name in
        names[Fingerprint.cluster(named: name)].map(Self.name(of:)) ?? "fresh \(name)"
      }
      return row
    }
    let clustering = Clustering(rows: standing + incoming)
    let taken = Set(clustering.examples(of: standing).map(\.cluster))
    var evidence: [String: [Row]] = [:]
    for row in incoming {
      guard let cluster = clustering.cluster(of: row) else { continue }
      let claimants = labels[row.expected.named] ?? []
      if taken.contains(cluster) {
        let wanted = expected[row.normalized.text]
        known.append(
          FreshRows.KnownRow(
            location: row.location, isSameText: wanted != nil,
            isRelabelled: wanted.map { $0.allSatisfy(row.expected.contradicts) } ?? false))
      } else if claimants.count == 1 {
        evidence[claimants[0], default: []].append(row)
        for borrower in borrowers[claimants[0]] ?? []
        where borrower.ruledOut != row.expected.label {
          var row = row
          row.expected = .not(borrower.ruledOut)
          evidence[borrower.behavior, default: []].append(row)
        }
      } else {
        unmatched.append(
          FreshRows.UnmatchedRow(
            location: row.location, label: row.expected.named, behaviors: claimants))
      }
    }
    units = evidence.mapValues { Self.representatives(clustering.examples(of: $0)) }
  }

  /// One error for each label that not exactly one behavior expects.
  var errors: [SuiteError] {
    Dictionary(grouping: unmatched, by: \.label).map { label, rows in
      SuiteError(
        rows[0].behaviors.isEmpty
          ? .unknownLabel(label, known: labels.keys.sorted())
          : .sharedLabel(label, behaviors: rows[0].behaviors),
        at: rows[0].location, others: rows.dropFirst().map(\.location))
    }
  }

  // MARK: - The suite

  /// The behaviors that expect a label, in order of name.
  private static func behaviors(of suite: Suite) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for behavior in suite.behaviors {
      for label in Set(behavior.examples.compactMap(\.expected.label)) {
        result[label, default: []].append(behavior.name)
      }
    }
    return result
  }

  /// By the behavior that lends: those that rule a label out on its examples, as they do on fresh ones.
  private static func borrowers(
    of suite: Suite
  ) -> [String: [(behavior: String, ruledOut: String)]] {
    let lenders = suite.behaviors.map { behavior in
      (
        name: behavior.name,
        inputs: Set(behavior.examples.filter { $0.expected.label != nil }.map(\.inputKey))
      )
    }
    var result: [String: [(behavior: String, ruledOut: String)]] = [:]
    for behavior in suite.behaviors {
      let ruledOut = behavior.examples.filter { $0.expected.label == nil }
      guard let label = ruledOut.first?.expected.named else { continue }
      let inputs = Set(ruledOut.map(\.inputKey))
      for lender in lenders where lender.name != behavior.name {
        if !lender.inputs.isDisjoint(with: inputs) {
          result[lender.name, default: []].append((behavior.name, label))
        }
      }
    }
    return result
  }

  /// The suite's examples as rows, held together as they are there.
  private static func rows(of suite: Suite) -> [Row] {
    suite.behaviors.flatMap { behavior in
      behavior.examples.map { example in
        Row(
          location: example.locations.first ?? behavior.location, input: example.input,
          normalized: NormalizedText(example.input), expected: example.expected,
          cluster: name(of: example.cluster))
      }
    }
  }

  private static func clusterNames(of suite: Suite) -> [String: ClusterID] {
    var result: [String: ClusterID] = [:]
    for cluster in suite.clusters { for name in cluster.names { result[name] = cluster.id } }
    return result
  }

  private static func name(of cluster: ClusterID) -> String { "suite \(cluster.hex)" }

  // MARK: - Units

  /// One example for each cluster, chosen by a keyed hash before any grade.
  private static func representatives(_ examples: [Example]) -> [Example] {
    Dictionary(grouping: examples, by: \.cluster).values.compactMap { same in
      same.min {
        Fingerprint.representativeOrder(of: $0.id) < Fingerprint.representativeOrder(of: $1.id)
      }
    }.sorted { $0.id < $1.id }
  }
}
