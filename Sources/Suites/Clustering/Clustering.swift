/// Finds the clusters of rows: those that the suite names, and those that the texts show.
struct Clustering: Sendable {
  private(set) var clusters: [Cluster] = []
  /// Different normalised inputs.
  let inputCount: Int
  private var clusterOfInput: [String: ClusterID] = [:]
  private var keyOfInput: [String: String] = [:]

  /// - Parameter cache: Where links between texts are kept; nil keeps none. It changes no result.
  init(rows: [Row], cache: LinkCache? = nil) {
    // Sorted, so that nothing depends on the order of rows.
    let inputs = Set(rows.map(\.normalized.text)).sorted()
    inputCount = inputs.count
    let keys = inputs.concurrentMap { Fingerprint.input(NormalizedText(normalized: $0)) }
    let indices = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ($1, $0) })
    keyOfInput = Dictionary(uniqueKeysWithValues: zip(inputs, keys))

    var groups = DisjointSets(count: inputs.count)
    let find = { SimilarTexts(inputs).links() }
    for link in cache?.links(of: inputs, find: find) ?? find() {
      groups.join(link.first, link.second)
    }
    let alike = inputs.indices.map { groups.count(with: $0) }

    var names: [String: Int] = [:]
    for row in rows {
      guard let name = row.cluster, let input = indices[row.normalized.text] else { continue }
      if let other = names[name] {
        groups.join(input, other)
      } else {
        names[name] = input
      }
    }
    collect(rows, inputs, keys, alike, names, indices, &groups)
  }

  private mutating func collect(
    _ rows: [Row], _ inputs: [String], _ keys: [String], _ alike: [Int], _ names: [String: Int],
    _ indices: [String: Int], _ groups: inout DisjointSets
  ) {
    var members: [Int: [Int]] = [:]
    for i in inputs.indices { members[groups.find(i), default: []].append(i) }
    var namesOf: [Int: [String]] = [:]
    for (name, input) in names { namesOf[groups.find(input), default: []].append(name) }
    var places: [Int: [SourceLocation]] = [:]
    for row in rows {
      guard let input = indices[row.normalized.text] else { continue }
      places[groups.find(input), default: []].append(row.location)
    }
    for (root, items) in members {
      let inputKeys = items.map { keys[$0] }.sorted()
      let named = (namesOf[root] ?? []).sorted()
      let id = ClusterID(named.first.map(Fingerprint.cluster(named:)) ?? inputKeys[0])
      for item in items { clusterOfInput[inputs[item]] = id }
      clusters.append(
        Cluster(
          id: id, inputs: inputKeys, names: named.map(Fingerprint.cluster(named:)).sorted(),
          alike: items.map { alike[$0] }.max() ?? 1,
          locations: Set(places[root] ?? []).sorted()))
    }
    clusters.sort { $0.id < $1.id }
  }

  /// The cluster of a row that the clusters were found among.
  func cluster(of row: Row) -> ClusterID? { clusterOfInput[row.normalized.text] }

  /// Merges the rows of one behavior that say the same, in order of id.
  func examples(of rows: [Row]) -> [Example] {
    var examples: [String: Example] = [:]
    var generators: [String: Set<String?>] = [:]
    for row in rows {
      let text = row.normalized.text
      guard let cluster = clusterOfInput[text], let key = keyOfInput[text] else { continue }
      let id = Fingerprint.example(row.normalized, expected: row.expected)
      var example =
        examples[id]
        ?? Example(
          id: id, inputKey: key, input: row.input, expected: row.expected, cluster: cluster)
      if row.input.precedes(example.input) { example.input = row.input }
      example.locations.append(row.location)
      if let role = row.role { example.declaredRoles.append(role) }
      if let name = row.sourceID { example.sourceID = min(example.sourceID ?? name, name) }
      if row.isHard && example.tags.isEmpty { example.tags = ["hard"] }
      generators[id, default: []].insert(row.generator)
      examples[id] = example
    }
    return examples.values.map { example in
      var example = example
      example.locations = Set(example.locations).sorted()
      example.declaredRoles = Set(example.declaredRoles).sorted()
      if let all = generators[example.id], all.count == 1 { example.generator = all.first ?? nil }
      return example
    }.sorted { $0.id < $1.id }
  }
}

extension String {
  /// Order of the UTF-8 bytes: unlike `<` it tells apart what is canonically equal.
  fileprivate func precedes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
