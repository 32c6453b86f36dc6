import Foundation
import Reports
import Statistics
import Suites
import Tuning

/// How a run ended, for people and for programs.
struct TrainReport: Encodable {
  var outcome: String
  var exitStatus: Int32
  var confidence: Double
  var checkpoint: String?
  var rounds: Int
  var attempts: Int
  var certificate: String?
  /// What the examples stand for, in the words of the suite, and what narrows that down.
  var population: String?
  var caveats: [String]
  /// A certificate that an earlier run issued and that this one, without one, leaves as it is.
  var earlierCertificate: String?
  /// Its number in the archive of runs.
  var run: Int
  var rowsSetAside: Int
  var rowsRepeated: Int
  var behaviors: [Row]
  /// Round by round: what was tried, why, and what came of it.
  var history: [RoundRow]
  /// What would help all behaviors.
  var advice: [String]
  /// The one or two things likeliest to help, the likeliest first.
  var remedies: [Remedy]
  /// What train and dev show after the end; nil where nobody looked.
  var study: StudyRow?

  private var plan: PlanReport
  private var diagnosis: Diagnosis?

  /// One behavior as `dev` shows it.
  struct Row: Encodable {
    var behavior: String
    var target: Double
    var role = "dev"
    var passes: Int
    var trials: Int
    var basePasses: Int
    var lower: Double
    var upper: Double
    var chanceOfBeingShown: Double
    var verdict: String
    /// Sealed units that are missing to decide it, where counting more would.
    var needing: Int?
    var advice: [String]
    /// What more train examples would do.
    var learningCurve: CurveRow?
    /// Failures that are about the same, large groups first.
    var failureGroups: [FailureGroup]
  }

  /// One round.
  struct RoundRow: Encodable {
    var round: Int
    var rung: Rung
    var reason: String
    /// `accepted`, `rejected` or `untuned`; nil where the time was up first.
    var decision: String?
    /// Why no candidate came of it.
    var failure: String?
    var checkpoint: String?
    /// Joint chance of certifying: of the champion before, and of the candidate.
    var chanceBefore: Double?
    var chanceAfter: Double?
    var trials: [TuningTrial]
    var chosenTrial: Int?
    var contrastiveSteps: Int
    var seconds: Double?
  }

  private enum CodingKeys: String, CodingKey {
    case outcome, exitStatus, confidence, checkpoint, rounds, attempts, certificate
    case population, caveats
    case earlierCertificate, run, rowsSetAside, rowsRepeated, behaviors
    case history, advice, remedies, study
  }

  init(_ result: TuningRun.Result, suite: DealtSuite, plan: PlanReport) {
    let summary = result.summary
    self.plan = plan
    confidence = suite.suite.claims.confidence
    rounds = summary.rounds.count
    startsAtBase = summary.header.map { $0.base == $0.untuned } ?? true
    attempts = summary.attempts.count
    certificate = result.certificate?.path
    population = suite.suite.population
    caveats = suite.suite.oneGenerator.map(\.message)
    let file = SuiteWorkspace(folder: suite.suite.folder).certificate
    if certificate == nil, Certificate.read(from: file) != nil { earlierCertificate = file.path }
    run = result.number
    rowsSetAside = suite.suite.setAside.count
    rowsRepeated = suite.suite.rows.repeats
    switch summary.outcome {
    case .satisfied(let champion):
      (outcome, exitStatus, checkpoint) = ("satisfied", 0, champion.id)
    case .unsatisfied(let champion, let reason, let violated):
      outcome = violated.isEmpty ? "undecided" : "violated"
      exitStatus = violated.isEmpty ? 3 : 2
      checkpoint = champion.id
      endReason = reason
    case .infeasible, nil:
      (outcome, exitStatus) = ("infeasible", 3)
    }
    isSatisfied = exitStatus == 0
    behaviors = []
    history = summary.rounds.map(RoundRow.init)
    advice = []
    remedies = []
    if let diagnosis = Diagnosis(summary, suite: suite, study: summary.study) {
      self.diagnosis = diagnosis
      if !isSatisfied {
        advice = diagnosis.advice
        remedies = diagnosis.remedies
      }
      study = summary.study.map { StudyRow($0) }
      rungs = RungTable(summary, rungs: diagnosis.rungs)
      behaviors = diagnosis.behaviors.map { Row($0, base: summary.base, isCertified: isSatisfied) }
        .sorted { $0.behavior < $1.behavior }
    }
  }

  private var rungs: RungTable?
  private var startsAtBase = true
  private var isSatisfied: Bool
  private var endReason: EndReason?

  // MARK: - For people

  func lines(_ terminal: Terminal) -> [String] {
    guard !behaviors.isEmpty else {
      return plan.lines(terminal) + [
        "", terminal.styled("Nothing was tried: this plan cannot succeed.", .red),
      ] + earlier
    }
    var lines = [""] + table(terminal) + [""]
    if let rungs { lines += rungs.lines(terminal) + [""] }
    lines += verdict(terminal)
    lines += isSatisfied ? suspects : diagnosisLines(terminal)
    lines += Counted.rows(setAside: rowsSetAside, repeated: rowsRepeated)
    return lines + earlier
  }

  private var earlier: [String] {
    earlierCertificate.map {
      ["\($0) is of an earlier run; it still stands for what it says."]
    } ?? []
  }

  private func table(_ terminal: Terminal) -> [String] {
    let level = Format.percent(confidence)
    let names = min(
      behaviors.map(\.behavior.harmless.displayWidth).max() ?? 8, TextTable.longestName)
    let width = min(40, max(16, terminal.width - names - 42))
    let lowest = behaviors.map { min($0.lower, $0.target) }.min() ?? 0.5
    let bar = ErrorBar(
      axis: ErrorBar.axis(for: lowest), width: width, unicode: terminal.usesUnicode)
    var table = TextTable(
      header: ["behavior", "target", "dev", "rate", bar.scale(), startsAtBase ? "base" : "start"],
      alignments: [.left, .right, .right, .right, .left, .right])
    for row in behaviors {
      let rate = row.trials == 0 ? nil : Double(row.passes) / Double(row.trials)
      let drawn = bar.draw(
        Interval(lower: row.lower, upper: row.upper), point: rate, target: row.target)
      table.add([
        row.behavior.harmless, Format.target(row.target), "\(row.passes)/\(row.trials)",
        rate.map(Format.percent) ?? "–", terminal.styled(drawn, row.style),
        "\(row.basePasses)/\(row.trials)",
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    lines.append(
      terminal.styled(
        "Error bars: Wilson, two-sided \(level), on dev (champions are chosen there, which "
          + "flatters them); \(terminal.usesUnicode ? "┃" : "|") is the target.", .dim))
    return lines
  }

  private func verdict(_ terminal: Terminal) -> [String] {
    let rounds = Format.count(self.rounds, "round")
    if isSatisfied {
      let how =
        self.rounds == 0 && !startsAtBase
        ? ": the checkpoint that it began with holds, and nothing was tuned. Every"
        : " after \(rounds) and \(Format.count(attempts, "attempt")): every"
      let certified =
        terminal.styled("Certified", .green) + how + " behavior passes at least at its target, "
        + "with \(Format.percent(confidence)) confidence for all of them together."
      let files = "checkpoint \(checkpoint ?? "")  certificate \(certificate ?? "")  run \(run)"
      return [certified] + PopulationText.lines(population, caveats: caveats, terminal) + [files]
    }
    let ended =
      switch endReason {
      case .rounds, nil: "the budget of \(rounds) is spent"
      case .plateau: "after \(rounds), no candidate gets further"
      case .time: "the time is up after \(rounds)"
      }
    let tried = attempts == 0 ? "no attempt was made" : Format.count(attempts, "attempt") + " made"
    return [
      terminal.styled("Not certified", .yellow) + ": \(ended); \(tried).",
      "champion: checkpoint \(checkpoint ?? "")  run \(run)",
    ]
  }

  /// Of a run that is certified, only that there is something to look at.
  private var suspects: [String] {
    guard let count = study?.suspectedLabels.count, count > 0 else { return [] }
    return [
      "\(Format.count(count, "label")) in train and dev to look at: `hone report` shows \(count == 1 ? "it" : "them")."
    ]
  }

  private func diagnosisLines(_ terminal: Terminal) -> [String] {
    diagnosis.map { [""] + DiagnosisText($0, terminal).lines } ?? []
  }
}

extension TrainReport.RoundRow {
  init(_ round: RunSummary.Round) {
    self.round = round.plan.round
    rung = round.plan.rung
    reason = round.plan.reason
    if round.failure != nil {
      decision = "untuned"
    } else {
      decision = round.decision.map { $0.accepts ? "accepted" : "rejected" }
    }
    failure = round.failure?.reason
    checkpoint = round.tuned?.checkpoint.id
    chanceBefore = round.decision?.championChance
    chanceAfter = round.decision?.candidateChance
    trials = round.tuned?.trials ?? []
    chosenTrial = round.tuned?.chosen
    contrastiveSteps = round.tuned?.contrastiveSteps ?? 0
    seconds = round.duration.map { $0 / .seconds(1) }
  }
}

extension TrainReport.Row {
  init(_ diagnosis: BehaviorDiagnosis, base: Tuning.Measurement?, isCertified: Bool) {
    behavior = diagnosis.name
    target = diagnosis.target
    passes = diagnosis.passes
    trials = diagnosis.trials
    basePasses = base?[behavior: diagnosis.name]?.passes ?? 0
    lower = diagnosis.errorBar.lower
    upper = diagnosis.errorBar.upper
    chanceOfBeingShown = diagnosis.chance
    advice = isCertified ? [] : diagnosis.advice
    learningCurve = diagnosis.outlook.map { CurveRow($0.curve, outlook: isCertified ? nil : $0) }
    failureGroups = diagnosis.groups
    switch diagnosis.verdict {
    case _ where isCertified: verdict = "satisfied"
    case .satisfied: verdict = "likely"
    case .violated: verdict = "violated"
    case .undecided(let units):
      verdict = "undecided"
      needing = units == 0 ? nil : units
    }
  }

  var style: Terminal.Style {
    switch verdict {
    case "satisfied", "likely": .green
    case "violated": .red
    default: .yellow
    }
  }
}
