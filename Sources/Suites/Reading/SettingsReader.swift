/// Reads `hone.yaml`.
struct SettingsReader {
  /// What `hone.yaml` settles for all behaviors.
  struct Settings: Sendable {
    var model = ModelSettings()
    var tuning = TuningSettings()
    var population: String?
    /// What wrote the rows that name no generator of their own.
    var generator: String?
    var roles = RoleShares()
    var claims = Claims()
    var onBadRow = BadRowPolicy.refuse
  }

  static let file = "hone.yaml"

  var settings = Settings()
  private(set) var errors: [SuiteError] = []
  private(set) var notes: [SuiteNote] = []

  init(_ root: SourceValue?) {
    var top = TableReader(
      root, file: Self.file,
      known: [
        "hone", "model", "tuning", "population", "generator", "roles", "claims", "on_bad_row",
      ])
    top.version(required: true)
    settings.population = top.text("population")
    settings.generator = top.text("generator", expected: "a name")
    if let policy = top.choice("on_bad_row", BadRowPolicy.self) { settings.onBadRow = policy }
    if let value = top.value("model") { readModel(value) }
    if let value = top.value("tuning") { readTuning(value) }
    if let value = top.value("roles") { readRoles(value) }
    if let value = top.value("claims") { readClaims(value) }
    for key in ["model", "tuning", "roles", "claims"] {
      if let entry = top.entry(key), entry.value.isNothing {
        top.refuse(.emptyValue(key: key), at: entry.place)
      }
    }
    errors += top.errors
  }

  // MARK: - Model

  private mutating func readModel(_ value: SourceValue) {
    var table = TableReader(value, file: Self.file, name: "model", known: ["base", "task"])
    if let base = table.text("base", expected: "a model's name or folder") {
      let place = table.entry("base")!.value.place
      if base.contains("://") || base.hasPrefix("openai:") {
        table.refuse(
          .notYet(
            what: "a model behind an endpoint ('\(shown(base))')",
            instead: "Use base: minilm, or the folder of a Hugging Face encoder"), at: place)
      }
      settings.model.base = base
    }
    if let task = table.text("task", expected: "classify") {
      let place = table.entry("task")!.value.place
      if task == "generate" {
        table.refuse(
          .notYet(what: "'task: generate'", instead: "Use task: classify"), at: place)
      } else if task != "classify" {
        table.refuse(
          .unknownValue(key: "task", found: task, known: ["classify", "generate"]), at: place)
      }
      settings.model.task = task
    }
    errors += table.errors
  }

  // MARK: - Tuning

  static let laterRungs = ["sft", "rft"]

  private mutating func readTuning(_ value: SourceValue) {
    var table = TableReader(
      value, file: Self.file, name: "tuning",
      known: ["ladder", "budget", "seed", "lora", "full", "fine_tuning"])
    if let seed: UInt64 = table.integer(
      "seed", expected: "a whole number, 0 or more", in: 0...UInt64.max)
    {
      settings.tuning.seed = seed
    }
    if let entry = table.entry("ladder") { readLadder(entry, &table) }
    if let value = table.value("budget") {
      var budget = TableReader(
        value, file: Self.file, name: "budget", known: ["rounds", "time"])
      settings.tuning.rounds = budget.integer(
        "rounds", expected: "a whole number of rounds, 1 or more", in: 1...1_000_000)
      if let text = budget.text("time", expected: "a time such as 20m") {
        settings.tuning.time = Duration(suiteText: text)
        if settings.tuning.time == nil {
          budget.refuse(
            .outOfRange(key: "time", found: text, expected: "a time such as 90s, 20m or 1h30m"),
            at: budget.entry("time")!.value.place)
        }
      }
      table.refuse(budget.errors)
    }
    if let value = table.value("lora") { table.refuse(readAdapters(value)) }
    if let value = table.value("full") {
      var full = TableReader(value, file: Self.file, name: "full", known: ["learning_rates"])
      settings.tuning.full.learningRates = full.learningRates()
      table.refuse(full.errors)
    }
    if let value = table.value("fine_tuning") { table.refuse(readFineTuning(value)) }
    for key in ["lora", "full", "fine_tuning"] {
      if let entry = table.entry(key), entry.value.isNothing {
        table.refuse(.emptyValue(key: key), at: entry.place)
      }
    }
    errors += table.errors
  }

  private mutating func readLadder(_ entry: SourceValue.Entry, _ table: inout TableReader) {
    let known = Rung.allCases.map(\.rawValue) + Self.laterRungs
    let expected = "a list of rungs, such as [head, lora, full]"
    guard case .list(let items) = entry.value.content else {
      table.refuse(
        .wrongType(key: "ladder", expected: expected, found: entry.value.kind), at: entry.place)
      return
    }
    var ladder: [Rung] = []
    var later: [String] = []
    for item in items {
      guard let name = item.scalar?.trimmed else {
        table.refuse(
          .wrongType(key: "ladder", expected: expected, found: item.kind), at: item.place)
        continue
      }
      if let rung = Rung(rawValue: name) {
        if let last = ladder.last, rung < last {
          table.refuse(
            .outOfOrder(rung: name, after: last.rawValue), at: item.place)
        }
        if !ladder.contains(rung) { ladder.append(rung) }
      } else if Self.laterRungs.contains(name) {
        later.append(name)
        notes.append(
          SuiteNote(
            "the rung '\(name)' is not in this version of Hone; it is skipped",
            at: SourceLocation(Self.file, item.place)))
      } else {
        table.refuse(.unknownValue(key: "rung", found: name, known: known), at: item.place)
        return
      }
    }
    if items.isEmpty { table.refuse(.emptyValue(key: "ladder"), at: entry.place) }
    if ladder.isEmpty && !later.isEmpty {
      table.refuse(.onlyLaterRungs(later), at: entry.value.place)
    }
    if !ladder.isEmpty { settings.tuning.ladder = ladder }
  }

  // MARK: - Roles

  private mutating func readRoles(_ value: SourceValue) {
    var table = TableReader(
      value, file: Self.file, name: "roles", known: Role.allCases.map(\.rawValue))
    let before = table.errors.count
    func share(_ role: Role) -> Double {
      table.number(role.rawValue, expected: "a share from 0 to 1") { $0 >= 0 && $0 <= 1 } ?? 0
    }
    let shares = RoleShares(
      train: share(.train), dev: share(.dev), gate: share(.gate), sealed: share(.sealed))
    if table.errors.count == before && table.errors.isEmpty && abs(shares.sum - 1) > 1e-6 {
      table.refuse(.shares(sum: (shares.sum * 1e9).rounded() / 1e9), at: value.place)
    }
    settings.roles = shares
    errors += table.errors
  }

  // MARK: - Claims

  private mutating func readClaims(_ value: SourceValue) {
    var table = TableReader(
      value, file: Self.file, name: "claims",
      known: ["confidence", "target", "hope", "design", "sealed", "attempts"])
    if let confidence = table.number(
      "confidence", expected: "from 0.5 to 0.99999, such as 0.95",
      where: { (0.5...0.99999).contains($0) })
    {
      settings.claims.confidence = confidence
    }
    if let target = table.rate("target") { settings.claims.target = target }
    if let hope = table.rate("hope") {
      if hope > settings.claims.target {
        settings.claims.hope = hope
      } else {
        table.refuse(
          .hopeNotAboveTarget(hope: hope, target: settings.claims.target),
          at: table.entry("hope")!.value.place)
      }
    }
    if let design = table.choice("design", Claims.Design.self) {
      settings.claims.design = design
      if design == .sequential {
        note(
          "'design: sequential' is not in this version of Hone; the exact test is used", "design",
          table)
      }
    }
    if let sealed = table.choice("sealed", Claims.SealedUse.self) {
      settings.claims.sealed = sealed
    }
    if let attempts: Int = table.integer(
      "attempts", expected: "a whole number, 1 or more", in: 1...1_000_000)
    {
      settings.claims.attempts = attempts
      note(
        "a planned number of attempts is not in this version of Hone; attempt k is made at"
          + " 6/(π²k²) of the error budget", "attempts", table)
    }
    errors += table.errors
  }

  private mutating func note(_ text: String, _ key: String, _ table: TableReader) {
    notes.append(SuiteNote(text, at: table.location(key)))
  }
}

extension Duration {
  /// Reads `90s`, `20m`, `1h30m`, `2d`: whole numbers with their units, larger before smaller.
  ///
  /// - Returns: Nil for anything else, and for no time at all.
  package init?(suiteText text: String) {
    let units: [(Character, Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
    var rest = Substring(text.filter { $0 != " " })
    var seconds: Int64 = 0
    for (unit, length) in units {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, rest.dropFirst(digits.count).first == unit else { continue }
      guard let count = Int64(digits), count <= 1_000_000 else { return nil }
      seconds += count * length
      rest = rest.dropFirst(digits.count + 1)
    }
    guard rest.isEmpty, seconds > 0 else { return nil }
    self = .seconds(seconds)
  }
}
