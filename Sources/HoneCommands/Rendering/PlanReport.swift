import Reports
import Suites
import Tuning

/// What `hone plan` says, for people and for programs: the plan, and how many rows do not count.
struct PlanReport: Encodable {
  let plan: SuitePlan
  let rowsSetAside: Int
  let rowsRepeated: Int
  /// Whether roles are on record, so that advice on shares reaches new examples only.
  private let rolesAreDealt: Bool

  var isFeasible: Bool { plan.isFeasible }

  /// The claims alone: what is said of a run that would be refused.
  init(suite: Suite, behaviors: [LoopBehavior]) {
    self.init(SuitePlan(behaviors: behaviors, claims: suite.claims), suite: suite)
  }

  /// The plan in full.
  ///
  /// - Parameter rolesAreDealt: Whether `hone.lock` holds roles.
  init(_ plan: SuitePlan, suite: Suite, rolesAreDealt: Bool = true) {
    self.plan = plan
    self.rolesAreDealt = rolesAreDealt
    rowsSetAside = suite.setAside.count
    rowsRepeated = suite.rows.repeats
  }

  // MARK: - Text

  func lines(_ terminal: Terminal) -> [String] {
    var lines = PlanTables.claims(plan, terminal)
    lines += paragraphs(claims(terminal), terminal)
    if !plan.isFeasible { lines += PlanWaysOut(plan).lines(terminal) }
    lines += [""] + PlanTables.needs(plan, terminal)
    lines += paragraphs([onAverage] + gate(terminal) + cost + advice, terminal)
    let counted = Counted.rows(setAside: rowsSetAside, repeated: rowsRepeated)
    return counted.isEmpty ? lines : lines + [""] + counted
  }

  private func paragraphs(_ texts: [String], _ terminal: Terminal) -> [String] {
    texts.filter { !$0.isEmpty }.flatMap { [""] + $0.wrapped(to: min(100, terminal.width)) }
  }

  private func claims(_ terminal: Terminal) -> [String] {
    let attempts = Set(plan.behaviors.map(\.attempt)).sorted()
    let levels = (0..<BehaviorPlan.attemptsAhead).map { ahead in
      Self.range(plan.behaviors.map { $0.levels[ahead] }, Format.level)
    }
    var texts = [
      "Certificate at \(Format.percent(plan.confidence)) confidence. Next attempt: "
        + Self.range(attempts.map(Double.init)) { "\(Int($0))" }
        + ", at level \(levels[0]); should it fail, \(levels[1]) and then \(levels[2])."
    ]
    for behavior in plan.behaviors where behavior.missingUnits > 0 {
      texts.append(
        terminal.styled("Warning: ", .yellow) + behavior.behavior.harmless + ": "
          + "\(Format.count(behavior.missingUnits, "sealed example")) of earlier attempts gone or "
          + "changed since; each counts as a failure. Bring them back as they were.")
    }
    guard plan.isFeasible else { return texts }
    if plan.jointPowers[0] < 0.8 {
      texts.append(
        terminal.styled("Warning: ", .yellow)
          + "a chance of \(Format.chance(plan.jointPowers[0])) to be shown, all together, spends "
          + "attempts for little. More sealed examples (\"at worst\" below), or lower targets "
          + "(\"can show\"), would help.")
    }
    return texts
  }

  private var onAverage: String {
    let sequential = plan.behaviors.compactMap(\.meanUnitsSequential)
    return """
      Can show: the highest target that is shown 9 times in 10. At worst: the exact plan with \
      which all are shown together 9 times in 10 at their hopes. On average: the count at which its \
      verdict is certain. An attempt grades the whole pool all the \
      same, so that its length tells nothing of its verdict.
      """
        + (sequential.isEmpty
          ? ""
          : " Wald's sequential test would take "
            + Self.range(sequential) { "\(Int($0.rounded(.up)))" } + " on average.")
  }

  // MARK: - The regression test

  private func gate(_ terminal: Terminal) -> [String] {
    let gates = plan.behaviors.compactMap(\.gate)
    guard let first = gates.first else { return [] }
    let needed = gates.compactMap(\.unitsForPower).map(Double.init)
    var texts = [
      "Regression test (gate, sees drop): the chance of seeing the pass rate drop by "
        + "\(Format.target(first.margin)) from hope, by the exact paired test at level "
        + "\(Format.level(first.level)) (Holm over \(Format.count(gates.count, "behavior"))). It "
        + "depends on what else flips: the two ends are for checkpoints that fail independently, "
        + "and for flips that are all losses."
        + (needed.isEmpty
          ? ""
          : " 8 in 10 with independent failures takes " + Self.range(needed) { Int($0).grouped }
            + " units.")
    ]
    let byDev = gates.count(where: \.servedByDev)
    if byDev > 0 {
      texts.append(
        "For \(Self.part(byDev, of: gates.count)) the gate has fewer than the "
          + "\(first.unitsToShowNoWorse) units that can show \"not worse\", and `dev` serves: its "
          + "baseline is optimistic, since candidates are chosen on it, and p counts once for each "
          + "of them (\(Comparison.assumedCandidates) here).")
    }
    let tooSmall = gates.count(where: \.isTooSmall)
    if tooSmall > 0 {
      texts.append(
        terminal.styled("Note: ", .yellow)
          + "for \(Self.part(tooSmall, of: gates.count)) what serves has fewer than "
          + "\(first.unitsToShowNoWorse) units: unless nothing flips, the test cannot say \"not "
          + "worse\".")
    }
    return texts
  }

  // MARK: - Cost and advice

  private var cost: [String] {
    // What is refused costs nothing.
    guard plan.isFeasible, let calls = plan.calls else { return [] }
    var text =
      "Model calls of one run, at most: \(Int(calls.worst.calls).grouped), for the base and "
      + "\(Format.count(calls.rounds, "round")) on \(calls.devUnits.grouped) dev units, and "
      + "\(Int(calls.worst.attempts)) attempts on \(calls.sealedUnits.grouped) sealed ones."
    if let expected = calls.expected {
      text +=
        " If every candidate is at its hope: \(Int(expected.calls.rounded()).grouped) on average, "
        + "with \(Self.decimal(expected.attempts)) attempts, each after a round."
    }
    return [
      text,
      "Time: \(calls.textsToEmbed.grouped) texts, each embedded once and kept; about "
        + "\(Self.time(calls.embeddingSeconds)) at \(Int(calls.textsPerSecond.rounded())) texts "
        + "per second, an assumption (--rate; `make bench` measures yours). Fitting heads is not "
        + "counted.",
    ]
  }

  private var advice: [String] {
    guard let advice = plan.advice else { return [] }
    let shares = advice.shares
    return [
      "Advice: `roles: { train: \(Self.share(shares.train)), dev: \(Self.share(shares.dev)), "
        + "gate: \(Self.share(shares.gate)), sealed: \(Self.share(shares.sealed)) }` in hone.yaml "
        + "would lift the chance that all is shown from \(Format.chance(plan.jointPowers[0])) to "
        + "\(Format.chance(advice.jointPower)), at the price of fewer examples to tune and to "
        + "choose on. "
        + (rolesAreDealt
          ? "Roles in hone.lock stay as they were dealt: it applies to new examples only."
          : "There is no hone.lock yet; once there is, it applies to new examples only.")
    ]
  }

  // MARK: - Words

  /// One value, or the least and the most of several.
  static func range(_ values: [Double], _ format: (Double) -> String) -> String {
    guard let least = values.min(), let most = values.max() else { return "none" }
    let (first, last) = (format(least), format(most))
    return first == last ? first : "\(first) to \(last)"
  }

  private static func part(_ count: Int, of all: Int) -> String {
    if count < all { return "\(count) of \(all) behaviors" }
    return all == 1 ? "the one behavior" : "every behavior"
  }

  private static func share(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
  }

  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func time(_ seconds: Double) -> String {
    if seconds < 1 { return "a second" }
    return seconds < 120
      ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
  }
}

extension PlanReport {
  private enum CodingKeys: String, CodingKey {
    case jointPower, rowsSetAside, rowsRepeated
  }

  func encode(to encoder: any Encoder) throws {
    try plan.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(plan.jointPowers[0], forKey: .jointPower)
    try container.encode(rowsSetAside, forKey: .rowsSetAside)
    try container.encode(rowsRepeated, forKey: .rowsRepeated)
  }
}

/// What every output says about rows that do not count.
enum Counted {
  static func rows(setAside: Int, repeated: Int) -> [String] {
    var lines: [String] = []
    if setAside > 0 {
      lines.append(
        "\(Format.count(setAside, "row")) set aside as unusable or contradictory; `hone check` "
          + "lists them.")
    }
    if repeated > 0 {
      lines.append("\(Format.count(repeated, "repeated row")) counted once.")
    }
    return lines
  }
}
