extension SuiteLock {
  /// Reads the text of a `hone.lock`.
  ///
  /// - Parameter file: How errors name it.
  public static func parse(_ text: String, file: String = "hone.lock") throws(SuiteErrors) -> Self {
    let root = try YAMLReader.read(text, file: file)
    var table = TableReader(root, file: file, known: ["hone", "roles", "ledger"])
    table.version(required: true)
    var lock = SuiteLock()
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
    for key in ["roles", "ledger"] {
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
    if let errors = SuiteErrors(table.errors) { throw errors }
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
    return Ledger(
      pools: items(table, "pools") { $0.pool($1) },
      attempts: items(table, "attempts") { $0.attempt($1) })
  }

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
      value, file: file, name: "pools", known: ["name", "budget", "spent", "exposed"])
    let name = table.verbatim("name")
    let budget = table.number("budget", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let spent: Int? = table.integer("spent", expected: "0 or more", in: 0...Int.max)
    require(["name", "budget", "spent", "exposed"], in: &table)
    let exposed = items(table, "exposed") { reader, item in reader.hash(item) }
    errors += table.errors
    guard let name, let budget, let spent else { return nil }
    return Pool(name: name, budget: budget, spent: spent, exposed: exposed)
  }

  private mutating func hash(_ value: SourceValue) -> String? {
    if let text = value.scalar { return text }
    errors.append(
      SuiteError(
        .lockValue(key: "exposed", found: value.kind, expected: "a list of ids"),
        at: SourceLocation(file, value.place)))
    return nil
  }

  private mutating func attempt(_ value: SourceValue) -> Attempt? {
    let known = ["number", "checkpoint", "key", "run", "outcome", "pools"]
    var table = TableReader(value, file: file, name: "attempts", known: known)
    let number: Int? = table.integer("number", expected: "1 or more", in: 1...Int.max)
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
      "behavior", "trials", "maximum_failures", "target", "level", "index", "missing", "budget",
    ]
    var table = TableReader(value, file: file, name: "pools", known: known)
    let behavior = table.verbatim("behavior")
    let trials: Int? = table.integer("trials", expected: "0 or more", in: 0...Int.max)
    let failures: Int? = table.integer(
      "maximum_failures", expected: "-1 or more", in: -1...Int.max)
    let target = table.rate("target")
    let level = table.number("level", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let index: Int? = table.integer("index", expected: "1 or more", in: 1...Int.max)
    let missing: Int? = table.integer("missing", expected: "0 or more", in: 0...Int.max)
    let budget = table.number("budget", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    require(known, in: &table)
    errors += table.errors
    guard let behavior, let trials, let failures, let target, let level, let index, let missing,
      let budget
    else { return nil }
    return AttemptPool(
      behavior: behavior, trials: trials, maximumFailures: failures, target: target, level: level,
      index: index, missing: missing, budget: budget)
  }

  private func require(_ keys: [String], in table: inout TableReader) {
    for key in keys where !table.has(key) {
      table.refuse(
        .lockValue(key: key, found: "nothing", expected: "there"), at: table.place)
    }
  }
}
