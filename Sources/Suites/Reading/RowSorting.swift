/// Sorts out rows that cannot be used: refused, or set aside where the suite says so.
enum RowSorting {
  /// Leaves in the drafts only rows that can be used and that contradict no other.
  static func sort(
    _ drafts: inout [BehaviorReader.Draft]
  ) -> (errors: [SuiteError], setAside: [SetAsideRow]) {
    var errors: [SuiteError] = []
    var setAside: [SetAsideRow] = []
    for draft in drafts {
      for (location, problem) in draft.unusable {
        switch draft.onBadRow {
        case .refuse: errors.append(SuiteError(.row(problem), at: location))
        case .skip:
          setAside.append(SetAsideRow(location: location, behavior: draft.name, reason: problem))
        }
      }
    }
    for contradiction in Contradictions.find(in: drafts) {
      let places = contradiction.members.map { drafts[$0.draft].rows[$0.row].location }
      guard contradiction.members.allSatisfy({ drafts[$0.draft].onBadRow == .skip }) else {
        errors.append(
          SuiteError(
            .contradiction(expected: contradiction.expected), at: places[0],
            others: Array(places.dropFirst())))
        continue
      }
      for (member, place) in zip(contradiction.members, places) {
        // A text that stands a thousand times names a few of its places, and not all, each time.
        let others = places.lazy.filter { $0 != place }.prefix(20)
        setAside.append(
          SetAsideRow(
            location: place, behavior: drafts[member.draft].name,
            reason: .contradiction(
              expected: Array(contradiction.expected.prefix(20)), places: Array(others))))
        drafts[member.draft].rows[member.row].isSetAside = true
      }
    }
    for i in drafts.indices { drafts[i].rows.removeAll(where: \.isSetAside) }
    return (errors, setAside)
  }
}

extension BehaviorReader.Draft {
  /// Takes in what a file of rows holds.
  mutating func add(
    _ source: RowSource, from file: ExampleFiles.Found, _ interpreter: RowInterpreter
  ) {
    switch source {
    case .row(let value):
      add(value, at: SourceLocation(file.name, value.place), role: file.role, interpreter)
    case .unusable(let place, let problem):
      unusable.append((SourceLocation(file.name, place), problem))
    case .blank: blankLines += 1
    }
  }

  /// Takes in one row.
  mutating func add(
    _ value: SourceValue, at location: SourceLocation, role: Role?, _ interpreter: RowInterpreter
  ) {
    do {
      rows.append(try interpreter.row(value, at: location, role: role))
    } catch {
      unusable.append((location, error.problem))
    }
  }
}
