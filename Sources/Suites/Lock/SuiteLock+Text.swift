extension SuiteLock {
  /// The lock as `hone.lock` holds it: sorted, one line per key, the same bytes for the same value.
  public var text: String {
    var lines = [
      "# Which role each example was dealt, what was asked of the sealed ones, and the baseline.",
      "# Hone writes this file; commit it, and do not edit it. Keys are hashes, never texts.",
      "hone: 1",
    ]
    lines.append(roles.isEmpty ? "roles: {}" : "roles:")
    for (key, role) in roles.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(Self.quotedKey(key)): \(role.rawValue)")
    }
    if !ledger.isEmpty { lines += Self.lines(of: ledger) }
    if let baseline { lines += baseline.lockLines }
    lines.append("\(Self.endKey): true")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The last key: without it, the file was cut.
  static let endKey = "complete"

  private static func lines(of ledger: Ledger) -> [String] {
    var lines = ["ledger:"]
    if !ledger.pools.isEmpty { lines.append("  pools:") }
    for pool in ledger.pools {
      lines.append("    - id: \(pool.id)")
      lines.append("      name: \(YAMLText.quoted(pool.name))")
      lines.append("      share: \(pool.share)")
      lines.append("      spent: \(pool.spent)")
      if pool.isUsedUp { lines.append("      used_up: true") }
      lines.append(pool.exposed.isEmpty ? "      exposed: []" : "      exposed:")
      lines += pool.exposed.sorted().map {
        "        - \(YAMLText.quoted("\($0.id) \($0.input) \($0.cluster)"))"
      }
    }
    if !ledger.attempts.isEmpty { lines.append("  attempts:") }
    for attempt in ledger.attempts {
      lines.append("    - number: \(attempt.number)")
      lines.append("      checkpoint: \(YAMLText.quoted(attempt.checkpoint))")
      lines.append("      key: \(YAMLText.quoted(attempt.key))")
      lines.append("      run: \(YAMLText.quoted(attempt.run))")
      lines.append("      outcome: \(attempt.outcome.rawValue)")
      lines.append(attempt.pools.isEmpty ? "      pools: []" : "      pools:")
      for pool in attempt.pools {
        lines.append("        - pool: \(pool.pool)")
        lines.append("          behavior: \(YAMLText.quoted(pool.behavior))")
        lines.append("          trials: \(pool.trials)")
        lines.append("          maximum_failures: \(pool.maximumFailures)")
        lines.append("          target: \(pool.target)")
        lines.append("          level: \(pool.level)")
        lines.append("          index: \(pool.index)")
        lines.append("          missing: \(pool.missing)")
        lines.append("          budget: \(pool.budget)")
        if let evidence = pool.evidence {
          lines.append("          evidence: \(YAMLText.quoted(evidence))")
        }
      }
    }
    return lines
  }

  /// Keys are 16 hexadecimal digits and stand plain; anything else is quoted.
  static func quotedKey(_ key: String) -> String {
    isKey(key) ? key : YAMLText.quoted(key)
  }

  static func isKey(_ key: String) -> Bool {
    key.utf8.count == 16
      && key.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
