/// Finds inputs that are expected to give different things in different places.
enum Contradictions {
  /// All rows of one input.
  struct Found {
    /// Sorted, without repeats; at least two.
    var expected: [Expectation]
    /// In order of place.
    var members: [(draft: Int, row: Int)]
  }

  static func find(in drafts: [BehaviorReader.Draft]) -> [Found] {
    var members: [String: [(draft: Int, row: Int)]] = [:]
    for (d, draft) in drafts.enumerated() {
      for (r, row) in draft.rows.enumerated() {
        members[row.normalized.text, default: []].append((d, r))
      }
    }
    var found: [(place: SourceLocation, Found)] = []
    for same in members.values where same.count > 1 {
      let expected = Set(same.map { drafts[$0.draft].rows[$0.row].expected })
      guard expected.contains(where: { one in expected.contains { one.contradicts($0) } }) else {
        continue
      }
      let ordered = same.sorted {
        drafts[$0.draft].rows[$0.row].location < drafts[$1.draft].rows[$1.row].location
      }
      let place = drafts[ordered[0].draft].rows[ordered[0].row].location
      found.append((place, Found(expected: expected.sorted(), members: ordered)))
    }
    return found.sorted { $0.place < $1.place }.map(\.1)
  }
}
