/// Looks at a suite that can be read, for what would make its claims weaker than they seem.
///
/// Pure; the same suite gives the same findings in the same order: severity, then place.
///
/// - Parameters:
///   - dealt: The suite with its roles.
///   - neededSealed: How many sealed units a behavior needs before its target can be shown at all;
///     0 where that is not known.
/// - Returns: Errors (a run makes no sense before), warnings (something is lost) and notes.
public func check(
  _ dealt: DealtSuite, neededSealed: (Behavior) -> Int = { _ in 0 }
) -> [SuiteFinding] {
  let checking = Checking(dealt: dealt)
  var findings = dealt.findings
  findings += checking.setAside()
  findings += checking.repeats()
  findings += checking.labels()
  findings += Guessing.findings(in: dealt.suite)
  findings += checking.units(neededSealed)
  findings += checking.clusters()
  findings += checking.ledger()
  findings += checking.settings()
  return findings.sorted()
}

/// The rules of `check`, one function each.
private struct Checking {
  let dealt: DealtSuite
  var suite: Suite { dealt.suite }

  init(dealt: DealtSuite) {
    self.dealt = dealt
  }

  // MARK: - Rows

  func setAside() -> [SuiteFinding] {
    suite.setAside.map { row in
      SuiteFinding(
        .warning, .setAside, behavior: row.behavior, places: [row.location],
        message: "set aside: \(row.reason)")
    }
  }

  func repeats() -> [SuiteFinding] {
    suite.behaviors.compactMap { behavior in
      let repeated = behavior.examples.filter { $0.locations.count > 1 }
      let extra = repeated.reduce(0) { $0 + $1.locations.count - 1 }
      guard extra > 0 else { return nil }
      return SuiteFinding(
        .note, .repeats, behavior: behavior.name,
        places: repeated.flatMap { $0.locations.dropFirst() }.sorted(),
        message:
          "'\(behavior.name)' has \(counted(extra, "row")) that \(extra == 1 ? "repeats" : "repeat")"
          + " another; each text counts once")
    }
  }

  // MARK: - Labels

  func labels() -> [SuiteFinding] {
    var roles: [String: Set<Role>] = [:]
    var places: [String: SourceLocation] = [:]
    for behavior in suite.behaviors {
      for example in behavior.examples {
        guard let label = example.expected.label else { continue }
        if let place = example.locations.first {
          places[label] = min(places[label] ?? place, place)
        }
        guard let role = dealt.roles[example.cluster], !(behavior.isGuard && role == .train)
        else { continue }
        roles[label, default: []].insert(role)
      }
    }
    var findings: [SuiteFinding] = []
    for label in suite.labels where !(roles[label] ?? []).contains(.train) {
      findings.append(
        SuiteFinding(
          .warning, .labels, places: [places[label]].compactMap { $0 },
          message: "the label '\(shown(label))' has no example in 'train', so it cannot be learned",
          suggestion: "Add examples of it, or declare some of them 'train'"))
    }
    for label in suite.labels where roles[label] == [.train] {
      findings.append(
        SuiteFinding(
          .warning, .labels, places: [places[label]].compactMap { $0 },
          message: "the label '\(shown(label))' has examples in 'train' only, so nothing shows"
            + " whether it was learned", suggestion: "Add examples of it"))
    }
    return findings + lookalikeLabels(places)
  }

  /// Labels that differ in writing only: two classes where one was meant.
  private func lookalikeLabels(_ places: [String: SourceLocation]) -> [SuiteFinding] {
    Dictionary(grouping: suite.labels) { NormalizedText($0).text }.values
      .filter { $0.count > 1 }
      .map { labels in
        SuiteFinding(
          .warning, .labels, places: labels.compactMap { places[$0] }.sorted(),
          message:
            "\(list(labels.sorted().map { "'\(shown($0))'" }, none: "")) are different labels"
            + " that differ in writing only",
          suggestion: "Write them alike if they mean the same")
      }
  }

  // MARK: - Units

  func units(_ neededSealed: (Behavior) -> Int) -> [SuiteFinding] {
    var findings: [SuiteFinding] = []
    for behavior in suite.behaviors {
      func report(_ severity: SuiteFinding.Severity, _ message: String, _ suggestion: String) {
        findings.append(
          SuiteFinding(
            severity, .units, behavior: behavior.name, places: [behavior.location],
            message: message, suggestion: suggestion))
      }
      let name = shown(behavior.name)
      let sealed = dealt.units(of: behavior, in: .sealed)
      let needed = neededSealed(behavior)
      if sealed < max(1, needed) {
        let share = suite.roles.sealed
        let all = share > 0 ? " (about \(Int((Double(needed) / share).rounded(.up))) in all)" : ""
        report(
          .error,
          "'\(name)' has \(counted(sealed, "sealed unit")); its target of \(behavior.target)"
            + " cannot be shown with fewer than \(max(1, needed))",
          needed > 0
            ? "Add examples until \(needed) are sealed\(all), or lower its target" : "Add examples")
      }
      // What rules a label out is measured, and never tuned on for itself.
      let isTuned = !behavior.isGuard && behavior.examples.contains { $0.expected.label != nil }
      if isTuned && dealt.units(of: behavior, in: .train) == 0 {
        report(
          .warning, "'\(name)' has no unit in 'train', so nothing is tuned for it",
          "Add examples, or make it a guard: guard: true")
      }
      if dealt.units(of: behavior, in: .dev) == 0 {
        report(
          .warning, "'\(name)' has no unit in 'dev', so no candidate can be judged on it",
          "Add examples")
      }
      if dealt.units(of: behavior, in: .gate) == 0 {
        report(
          .note, "'\(name)' has no unit in 'gate'; its regression test falls back on 'dev'",
          "Add examples, or raise the share of 'gate' for new ones")
      }
    }
    return findings
  }

  // MARK: - Clusters

  /// Chains of similar texts that hold so large a part of the suite that something is odd.
  func clusters() -> [SuiteFinding] {
    let large = max(10, suite.clusters.count / 50)
    let chained = suite.clusters.filter { $0.alike > 1 }.sorted {
      ($1.alike, $0.id) < ($0.alike, $1.id)
    }
    var findings: [SuiteFinding] = chained.filter { $0.alike > large }.map { cluster in
      SuiteFinding(
        .warning, .clusters, places: cluster.locations,
        message: "\(cluster.alike) texts are so alike, one like the next, that they count as one"
          + " unit with one role",
        suggestion: "Vary the wording if they stand for different cases")
    }
    if !chained.isEmpty, findings.isEmpty {
      let texts = chained.reduce(0) { $0 + $1.alike }
      findings.append(
        SuiteFinding(
          .note, .clusters, places: chained[0].locations,
          message: "\(texts) texts are alike and form \(counted(chained.count, "unit"));"
            + " the largest holds \(chained[0].alike)"))
    }
    return findings
  }

  // MARK: - Ledger and settings

  /// Sealed examples that attempts have drawn on and that are gone or changed since, and budgets that
  /// attempts have not been taken from.
  func ledger() -> [SuiteFinding] {
    missing() + underspent()
  }

  private func underspent() -> [SuiteFinding] {
    dealt.ledger.underspent.map { spending in
      let pool = spending.pool
      return SuiteFinding(
        .error, .ledger, behavior: pool.name, places: [SourceLocation(file: "hone.lock")],
        message: "pool \(pool.id), of '\(shown(pool.name))', says 'spent: \(pool.spent)' and"
          + " 'share: \(pool.share)'; the attempts on it have spent more, as after a merge of"
          + " branches that made one each",
        suggestion: "Write 'spent: \(spending.spent)' and 'share:"
          + " \(min(spending.share, pool.share))' there")
    }
  }

  private func missing() -> [SuiteFinding] {
    dealt.ledger.pools.filter { !$0.isUsedUp }.compactMap { pool in
      let behavior = suite[behavior: pool.name]
      let missing = dealt.missing(from: pool)
      guard !missing.isEmpty else { return nil }
      return SuiteFinding(
        .warning, .ledger, behavior: pool.name,
        places: [behavior?.location ?? SourceLocation(file: "hone.lock")],
        message: "\(missing.count) of the \(pool.exposed.count) sealed examples that attempts on"
          + " '\(shown(pool.name))' have drawn on \(missing.count == 1 ? "is" : "are") gone, changed or"
          + " sealed no more; each counts as a failure",
        suggestion: "Restore them as they were")
    }
  }

  func settings() -> [SuiteFinding] {
    var findings = suite.notes.map { note in
      SuiteFinding(.note, .settings, places: [note.location], message: note.text)
    }
    if suite.population == nil {
      findings.append(
        SuiteFinding(
          .warning, .settings, places: [SourceLocation(file: "hone.yaml")],
          message: "'population' is missing: a certificate must say what the examples stand for",
          suggestion: "Write, for example: population: messages typed into our web form, 2026"))
    }
    return findings + suite.oneGenerator
  }
}

/// `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
