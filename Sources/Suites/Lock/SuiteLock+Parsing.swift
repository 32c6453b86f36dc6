extension SuiteLock {
  /// Reads the text of a `hone.lock`.
  ///
  /// - Parameter file: How errors name it.
  public static func parse(_ text: String, file: String = "hone.lock") throws(SuiteErrors) -> Self {
    if let conflicts = SuiteErrors(conflicts(in: text, file: file)) { throw conflicts }
    let lists = LockLists(text)
    let root = try YAMLReader.read(lists.rest, file: file)
    var table = TableReader(
      root, file: file, known: ["hone"] + Part.allCases.map(\.rawValue) + [endKey])
    table.version(required: true)
    var lock = SuiteLock(roles: lists.roles)
    for entry in table.value("roles")?.entries ?? [] {
      guard let role = entry.value.scalar.flatMap(Role.init(rawValue:)) else {
        table.refuse(
          .lockValue(
            key: entry.key, found: entry.value.scalar ?? entry.value.kind,
            expected: "one of \(list(Role.allCases.map(\.rawValue), none: ""))"),
          at: entry.value.place)
        continue
      }
      guard isKey(entry.key) else {
        table.refuse(
          .lockValue(key: "roles", found: entry.key, expected: "keyed by 16 hexadecimal digits"),
          at: entry.place)
        continue
      }
      lock.roles[entry.key] = role
    }
    for key in Part.allCases.map(\.rawValue) {
      if let value = table.value(key), value.entries == nil {
        table.refuse(
          .lockValue(key: key, found: value.kind, expected: "a mapping"), at: value.place)
      }
    }
    if let value = table.value("ledger"), value.entries != nil {
      var reader = LedgerReader(file: file)
      lock.ledger = reader.ledger(value)
      table.refuse(reader.errors)
    }
    if let value = table.value("baseline"), value.entries != nil {
      var reader = BaselineReader(file: file, examples: lists.examples)
      lock.baseline = reader.baseline(value)
      table.refuse(reader.errors)
    }
    if let errors = SuiteErrors(table.errors) { throw errors }
    guard table.flag(endKey) == true else {
      throw SuiteErrors(SuiteError(.lockCut(lastKey: endKey), at: SourceLocation(file: file)))
    }
    return lock
  }
}

/// Reads the `ledger` of a lock.
private struct LedgerReader {
  let file: String
  var errors: [SuiteError] = []

  init(file: String) {
    self.file = file
  }

  mutating func ledger(_ value: SourceValue) -> Ledger {
    let table = TableReader(value, file: file, name: "ledger", known: ["pools", "attempts"])
    errors += table.errors
    let ledger = Ledger(
      pools: items(table, "pools") { $0.pool($1) },
      attempts: items(table, "attempts") { $0.attempt($1) })
    if errors.isEmpty { checkReferences(ledger, in: table) }
    return ledger
  }

  /// Pools and attempts count on without a gap, and every attempt names pools that there are.
  private mutating func checkReferences(_ ledger: Ledger, in table: TableReader) {
    func refuse(_ key: String, found: String, expected: String) {
      errors.append(
        SuiteError(
          .lockValue(key: key, found: found, expected: expected), at: table.location(key)))
    }
    let ids = ledger.pools.map(\.id)
    if ids != Array(1..<ids.count + 1) {
      refuse("pools", found: list(ids.map(String.init), none: ""), expected: "numbered 1, 2, 3 …")
    }
    let numbers = ledger.attempts.map(\.number)
    if numbers != Array(1..<numbers.count + 1) {
      refuse(
        "attempts", found: list(numbers.map(String.init), none: ""),
        expected: "numbered 1, 2, 3 …")
    }
    for attempt in ledger.attempts {
      if attempt.pools.isEmpty || !attempt.pools.allSatisfy({ ids.contains($0.pool) }) {
        refuse(
          "attempts", found: "attempt \(attempt.number)",
          expected: "attempts on pools that are listed")
      }
    }
  }

  /// More than any suite holds, and few enough to count with.
  private static let largestCount = 10_000_000

  private mutating func items<T>(
    _ table: TableReader, _ key: String, _ read: (inout Self, SourceValue) -> T?
  ) -> [T] {
    guard let value = table.value(key) else { return [] }
    guard case .list(let list) = value.content else {
      errors.append(
        SuiteError(
          .lockValue(key: key, found: value.kind, expected: "a list"),
          at: SourceLocation(file, value.place)))
      return []
    }
    return list.compactMap { read(&self, $0) }
  }

  private mutating func pool(_ value: SourceValue) -> Pool? {
    var table = TableReader(
      value, file: file, name: "pools",
      known: ["id", "name", "share", "spent", "used_up", "exposed"])
    let id = count("id", from: 1, in: &table)
    let name = table.verbatim("name")
    let share = table.number("share", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let spent = count("spent", from: 0, in: &table)
    let isUsedUp = table.flag("used_up") ?? false
    require(["id", "name", "share", "spent", "exposed"], in: &table)
    let exposed = items(table, "exposed") { reader, item in reader.exposed(item) }
    errors += table.errors
    guard let id, let name, let share, let spent else { return nil }
    return Pool(
      id: id, name: name, share: share, spent: spent, exposed: exposed, isUsedUp: isUsedUp)
  }

  /// `id input cluster`, three keys with blanks between.
  private mutating func exposed(_ value: SourceValue) -> ExposedExample? {
    let keys = value.scalar?.split(separator: " ").map(String.init) ?? []
    guard keys.count == 3 else {
      errors.append(
        SuiteError(
          .lockValue(
            key: "exposed", found: value.scalar ?? value.kind,
            expected: "a list of three keys each"),
          at: SourceLocation(file, value.place)))
      return nil
    }
    return ExposedExample(id: keys[0], input: keys[1], cluster: keys[2])
  }

  private func count(_ key: String, from least: Int, in table: inout TableReader) -> Int? {
    table.integer(
      key, expected: "from \(least) to \(Self.largestCount)", in: least...Self.largestCount)
  }

  private mutating func attempt(_ value: SourceValue) -> Attempt? {
    let known = ["number", "checkpoint", "key", "run", "outcome", "pools"]
    var table = TableReader(value, file: file, name: "attempts", known: known)
    let number = count("number", from: 1, in: &table)
    let checkpoint = table.verbatim("checkpoint")
    let key = table.verbatim("key")
    let run = table.verbatim("run")
    let outcome = table.choice("outcome", Attempt.Outcome.self)
    require(known, in: &table)
    let pools = items(table, "pools") { $0.attemptPool($1) }
    errors += table.errors
    guard let number, let checkpoint, let key, let run, let outcome else { return nil }
    return Attempt(
      number: number, checkpoint: checkpoint, key: key, run: run, pools: pools, outcome: outcome)
  }

  private mutating func attemptPool(_ value: SourceValue) -> AttemptPool? {
    let known = [
      "pool", "behavior", "trials", "maximum_failures", "target", "level", "index", "missing",
      "budget",
    ]
    var table = TableReader(value, file: file, name: "pools", known: known + ["evidence"])
    let pool = count("pool", from: 1, in: &table)
    let behavior = table.verbatim("behavior")
    let trials = count("trials", from: 0, in: &table)
    let failures = count("maximum_failures", from: -1, in: &table)
    let target = table.rate("target")
    let level = table.number("level", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let index = count("index", from: 1, in: &table)
    let missing = count("missing", from: 0, in: &table)
    let budget = table.number("budget", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let evidence = table.has("evidence") ? table.verbatim("evidence") : nil
    require(known, in: &table)
    errors += table.errors
    guard let pool, let behavior, let trials, let failures, let target, let level, let index,
      let missing,
      let budget
    else { return nil }
    return AttemptPool(
      pool: pool, behavior: behavior, trials: trials, maximumFailures: failures, target: target,
      level: level,
      index: index, missing: missing, budget: budget, evidence: evidence)
  }

  private func require(_ keys: [String], in table: inout TableReader) {
    for key in keys where !table.has(key) {
      table.refuse(
        .lockValue(key: key, found: "nothing", expected: "there"), at: table.place)
    }
  }
}
