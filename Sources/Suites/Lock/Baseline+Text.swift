extension Baseline {
  /// The baseline as `hone.lock` holds it: one line per example, in order of id.
  ///
  /// ```
  /// baseline:
  ///   suite: "…"
  ///   base: "…"
  ///   checkpoint: "1cd851145bbcc973"
  ///   engine: "hone 0.1.0 SkylakeX"
  ///   seeds: [7]
  ///   candidates: 5
  ///   behaviors:
  ///     - name: "refill"
  ///       target: 0.85
  ///       dev: { units: 140, passes: 134, lower: 0.909, upper: 0.9802 }
  ///       gate: { units: 92, passes: 90, lower: 0.924, upper: 0.994 }
  ///       sealed: { units: 380, maximum_failures: 44, level: 0.03, attempt: 1 }
  ///       examples:
  ///         0a1b2c3d4e5f6071: 9f8e7d6c5b4a3928 gate pass
  ///         0a2c3d4e5f607182: 8e7d6c5b4a392817 dev fail 3.2e-05
  /// ```
  /// A number at the end is the margin of a reply that was a numerical tie.
  var lockLines: [String] {
    var lines = [
      "baseline:",
      "  suite: \(YAMLText.quoted(suite))",
      "  base: \(YAMLText.quoted(model.base))",
      "  checkpoint: \(YAMLText.quoted(model.checkpoint))",
      "  engine: \(YAMLText.quoted(model.engine))",
      "  seeds: [\(seeds.map { String($0) }.joined(separator: ", "))]",
    ]
    if let candidates { lines.append("  candidates: \(candidates)") }
    lines.append(behaviors.isEmpty ? "  behaviors: []" : "  behaviors:")
    for behavior in behaviors { lines += behavior.lockLines }
    return lines
  }
}

extension BaselineBehavior {
  fileprivate var lockLines: [String] {
    var lines = [
      "    - name: \(YAMLText.quoted(name))",
      "      target: \(target)",
      "      dev: \(dev.lockText)",
      "      gate: \(gate.lockText)",
    ]
    if let sealed {
      lines.append(
        "      sealed: { units: \(sealed.units), maximum_failures: \(sealed.maximumFailures), "
          + "level: \(sealed.level), attempt: \(sealed.attempt) }")
    }
    lines.append(examples.isEmpty ? "      examples: {}" : "      examples:")
    lines += examples.map { example in
      "        \(SuiteLock.quotedKey(example.id)): \(example.input) \(example.role.rawValue) "
        + (example.passed ? Self.pass : Self.fail) + (example.tie.map { " \($0)" } ?? "")
    }
    return lines
  }

  static let pass = "pass"
  static let fail = "fail"
}

extension BaselineBehavior.Tally {
  fileprivate var lockText: String {
    "{ units: \(units), passes: \(passes), lower: \(lower), upper: \(upper) }"
  }
}
