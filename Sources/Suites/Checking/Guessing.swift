/// Requirements that a model meets without looking at its input.
enum Guessing {
  static func findings(in suite: Suite) -> [SuiteFinding] {
    let labels = suite.labels
    if labels.count == 1, let label = labels.first {
      return [
        SuiteFinding(
          .error, .labels, places: suite.behaviors.prefix(1).map(\.location),
          message: "the whole suite expects '\(shown(label))' and nothing else, which a constant"
            + " answer satisfies",
          suggestion: "Add behaviors that expect another label")
      ]
    }
    guard let shares = Shares(suite), shares.canBeMet(labels) else { return [] }
    let what = shares.most.isEmpty ? "expects one label" : "expects one label or rules one out"
    let sums =
      shares.most.isEmpty
      ? "what the labels require sums to 1 or less" : "some mix of the labels meets them all"
    return [
      SuiteFinding(
        .warning, .labels, places: [SourceLocation(file: "hone.yaml")],
        message: "guessing at random reaches these targets: each behavior \(what), and \(sums)",
        suggestion: "Raise the targets")
    ]
  }

  /// How often each label has to be guessed, at least and at most.
  private struct Shares {
    var least: [String: Double] = [:]
    var most: [String: Double] = [:]

    /// - Returns: Nil where some behavior wants several things: what guessing reaches then depends
    ///   on its examples.
    init?(_ suite: Suite) {
      for behavior in suite.behaviors {
        let expected = Set(behavior.examples.map(\.expected))
        guard expected.count == 1, let only = expected.first else { return nil }
        switch only {
        case .label(let label): least[label] = max(least[label] ?? 0, behavior.target)
        case .not(let label): most[label] = min(most[label] ?? 1, 1 - behavior.target)
        }
      }
    }

    /// Whether shares within these limits sum to 1.
    func canBeMet(_ labels: [String]) -> Bool {
      let tolerance = 1e-9
      return labels.allSatisfy { (least[$0] ?? 0) <= (most[$0] ?? 1) + tolerance }
        && labels.reduce(0) { $0 + (least[$1] ?? 0) } <= 1 + tolerance
        && labels.reduce(0) { $0 + (most[$1] ?? 1) } >= 1 - tolerance
    }
  }
}
