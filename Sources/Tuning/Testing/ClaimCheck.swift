public import Statistics
public import Suites

/// A model's claim beside fresh data: what real inputs say of the pass rates that were shown.
///
/// Folded from what was claimed and what the model answered, and pure. Nothing of it is kept: fresh
/// rows become examples only when somebody adds them to the suite.
public struct ClaimCheck: Sendable, Hashable {
  public var model: TestedModel
  public var test: ClaimTest
  /// In the order of the suite's behaviors, those without a fresh unit included.
  public var behaviors: [Behavior]

  /// One behavior.
  public struct Behavior: Sendable, Hashable {
    public var behavior: String
    public var claim: ClaimedRate
    /// Fresh independent units; none is legal, and says nothing.
    public var units: Int
    public var passes: Int
    /// Against "the pass rate is at least the claim", exact and one-sided.
    public var pValue: Double
    /// Adjusted for the behaviors that have units (Holm).
    public var adjustedPValue: Double
    public var verdict: ClaimTest.Verdict
    /// In order of place.
    public var failures: [Failed]
  }

  /// A unit that did not pass.
  public struct Failed: Sendable, Hashable {
    public var example: Example
    /// The label given instead; nil where there was no usable reply.
    public var reply: String?

    var place: (SourceLocation, String) {
      (example.locations.first ?? SourceLocation(file: ""), example.id)
    }
  }

  /// - Parameters:
  ///   - claims: For each behavior of the suite, in its order.
  ///   - replies: To `prompts(for:claims:)`, in its order.
  public init(
    _ claims: [ClaimedRate], model: TestedModel, replies: [Reply], rows: FreshRows, test: ClaimTest
  ) {
    self.model = model
    self.test = test
    var rest = replies[...]
    behaviors = claims.map { claim in
      let units = rows.units[claim.behavior] ?? []
      let own = Array(rest.prefix(units.count))
      rest = rest.dropFirst(units.count)
      return Behavior(claim, units: units, replies: own)
    }
    let tested = behaviors.indices.filter { behaviors[$0].units > 0 }
    for (index, pValue) in zip(tested, holm(tested.map { behaviors[$0].pValue })) {
      behaviors[index].adjustedPValue = pValue
      behaviors[index].verdict = test.verdict(
        passes: behaviors[index].passes, trials: behaviors[index].units,
        target: claims[index].target, adjustedPValue: pValue)
    }
  }

  /// What to ask the model: fresh units only, behavior by behavior.
  public static func prompts(for rows: FreshRows, claims: [ClaimedRate]) -> [Prompt] {
    claims.flatMap { claim in (rows.units[claim.behavior] ?? []).map { Prompt($0.input) } }
  }

  /// Of the whole: contradicted where one behavior is, else undecided where one is.
  public var verdict: ClaimTest.Verdict {
    let verdicts = behaviors.map(\.verdict)
    if verdicts.contains(.contradicted) { return .contradicted }
    return verdicts.contains(.undecided) ? .undecided : .consistent
  }

  /// The level of one behavior's test at the first step of Holm's.
  public var level: Double {
    test.alpha / Double(max(1, behaviors.count { $0.units > 0 }))
  }

  /// The chance that a rate below the claim by the margin would have contradicted it.
  public func power(of behavior: Behavior) -> Double {
    test.power(trials: behavior.units, target: behavior.claim.target, level: level)
  }

  /// The units that would see such a rate 8 times in 10; nil where there is a verdict.
  public func unitsNeeded(by behavior: Behavior) -> Int? {
    guard behavior.verdict == .undecided else { return nil }
    return test.trialsToSee(target: behavior.claim.target, level: level)
  }
}

extension ClaimCheck.Behavior {
  init(_ claim: ClaimedRate, units: [Example], replies: [Reply]) {
    let byID = Dictionary(uniqueKeysWithValues: units.map { ($0.id, $0) })
    failures = LabelGrader.failures(of: replies, to: units).compactMap { failure in
      byID[failure.example].map { ClaimCheck.Failed(example: $0, reply: failure.reply) }
    }.sorted { $0.place < $1.place }
    behavior = claim.behavior
    self.claim = claim
    self.units = units.count
    passes = units.count - failures.count
    pValue = ClaimTest.pValue(passes: passes, trials: self.units, target: claim.target)
    adjustedPValue = 1
    verdict = .undecided
  }
}
