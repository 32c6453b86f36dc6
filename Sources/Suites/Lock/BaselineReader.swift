/// Reads the `baseline` of a lock.
struct BaselineReader {
  let file: String
  private(set) var errors: [SuiteError] = []
  private let examples: [Int: [BaselineBehavior.Graded]]

  /// More than any suite holds, and few enough to count with.
  private static let largestCount = 10_000_000

  /// - Parameter examples: Those that were read before, by the line of their key.
  init(file: String, examples: [Int: [BaselineBehavior.Graded]] = [:]) {
    self.file = file
    self.examples = examples
  }

  mutating func baseline(_ value: SourceValue) -> Baseline? {
    let known = ["suite", "base", "checkpoint", "engine", "seeds", "candidates", "behaviors"]
    var table = TableReader(value, file: file, name: "baseline", known: known)
    let suite = table.verbatim("suite")
    let base = table.verbatim("base")
    let checkpoint = table.verbatim("checkpoint")
    let engine = table.verbatim("engine")
    let candidates = table.has("candidates") ? count("candidates", from: 1, in: &table) : nil
    require(known.filter { $0 != "candidates" }, in: &table)
    let seeds = items(table, "seeds").compactMap { seed($0) }
    let behaviors = items(table, "behaviors").compactMap { behavior($0) }
    errors += table.errors
    guard let suite, let base, let checkpoint, let engine else { return nil }
    return Baseline(
      suite: suite, model: TestedModel(base: base, checkpoint: checkpoint, engine: engine),
      seeds: seeds, candidates: candidates, behaviors: behaviors)
  }

  private mutating func seed(_ value: SourceValue) -> UInt64? {
    if let seed = value.scalar.flatMap({ UInt64($0) }) { return seed }
    refuse("seeds", value, expected: "a list of whole numbers")
    return nil
  }

  private mutating func behavior(_ value: SourceValue) -> BaselineBehavior? {
    let known = ["name", "target", "dev", "gate", "sealed", "examples"]
    var table = TableReader(value, file: file, name: "behaviors", known: known)
    let name = table.verbatim("name")
    let target = table.rate("target")
    require(known.filter { $0 != "sealed" }, in: &table)
    errors += table.errors
    let dev = table.value("dev").flatMap { tally($0, "dev") }
    let gate = table.value("gate").flatMap { tally($0, "gate") }
    let sealed = table.value("sealed").flatMap { claim($0) }
    let line = table.entry("examples")?.place.line ?? 0
    let examples = table.value("examples").map { graded($0) } ?? examples[line] ?? []
    guard let name, let target, let dev, let gate else { return nil }
    return BaselineBehavior(
      name: name, target: target, dev: dev, gate: gate, sealed: sealed, examples: examples)
  }

  private mutating func tally(_ value: SourceValue, _ name: String) -> BaselineBehavior.Tally? {
    let known = ["units", "passes", "lower", "upper"]
    var table = TableReader(value, file: file, name: name, known: known)
    let units = count("units", from: 0, in: &table)
    let passes = count("passes", from: 0, in: &table)
    let lower = table.number("lower", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let upper = table.number("upper", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    require(known, in: &table)
    if let units, let passes, passes > units {
      table.refuse(
        .lockValue(key: "passes", found: "\(passes)", expected: "at most the \(units) units"),
        at: table.place)
    }
    errors += table.errors
    guard let units, let passes, let lower, let upper else { return nil }
    return BaselineBehavior.Tally(units: units, passes: passes, lower: lower, upper: upper)
  }

  private mutating func claim(_ value: SourceValue) -> BaselineBehavior.Sealed? {
    let known = ["units", "maximum_failures", "level", "attempt"]
    var table = TableReader(value, file: file, name: "sealed", known: known)
    let units = count("units", from: 0, in: &table)
    let failures = count("maximum_failures", from: -1, in: &table)
    let level = table.number("level", expected: "in 0...1") { $0 >= 0 && $0 <= 1 }
    let attempt = count("attempt", from: 1, in: &table)
    require(known, in: &table)
    errors += table.errors
    guard let units, let failures, let level, let attempt else { return nil }
    return BaselineBehavior.Sealed(
      units: units, maximumFailures: failures, level: level, attempt: attempt)
  }

  /// `id: input role pass`, one line an example, with the margin of a tie at the end.
  private mutating func graded(_ value: SourceValue) -> [BaselineBehavior.Graded] {
    guard let entries = value.entries else {
      refuse("examples", value, expected: "a mapping")
      return []
    }
    return entries.compactMap { entry in
      let words = entry.value.scalar?.split(separator: " ").map(String.init) ?? []
      let tie = words.count == 4 ? TableReader.decimal(words[3]) : nil
      guard SuiteLock.isKey(entry.key), words.count == 3 || tie.map({ $0 >= 0 }) ?? false,
        SuiteLock.isKey(words[0]), let role = Role(rawValue: words[1]), role != .sealed,
        [BaselineBehavior.pass, BaselineBehavior.fail].contains(words[2])
      else {
        refuse(
          entry.key, entry.value,
          expected: "two keys of 16 hexadecimal digits with a role that is not sealed, and pass or"
            + " fail")
        return nil
      }
      return BaselineBehavior.Graded(
        id: entry.key, input: words[0], role: role, passed: words[2] == BaselineBehavior.pass,
        tie: tie)
    }
  }

  // MARK: - Helpers

  private mutating func items(_ table: TableReader, _ key: String) -> [SourceValue] {
    guard let value = table.value(key) else { return [] }
    if case .list(let list) = value.content { return list }
    refuse(key, value, expected: "a list")
    return []
  }

  private func count(_ key: String, from least: Int, in table: inout TableReader) -> Int? {
    table.integer(
      key, expected: "from \(least) to \(Self.largestCount)", in: least...Self.largestCount)
  }

  private func require(_ keys: [String], in table: inout TableReader) {
    for key in keys where !table.has(key) {
      table.refuse(
        .lockValue(key: key, found: "nothing", expected: "there"), at: table.place)
    }
  }

  private mutating func refuse(_ key: String, _ value: SourceValue, expected: String) {
    errors.append(
      SuiteError(
        .lockValue(key: key, found: value.scalar ?? value.kind, expected: expected),
        at: SourceLocation(file, value.place)))
  }
}
