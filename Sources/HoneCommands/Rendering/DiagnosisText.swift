import Reports
import Statistics
import Suites
package import Tuning

/// A diagnosis as lines of text.
package struct DiagnosisText {
  private let diagnosis: Diagnosis
  private let terminal: Terminal

  /// Behaviors that are told of at most.
  private static let mostBehaviors = 12

  package init(_ diagnosis: Diagnosis, _ terminal: Terminal) {
    self.diagnosis = diagnosis
    self.terminal = terminal
  }

  package var lines: [String] {
    let short = diagnosis.behaviors.filter { !$0.isLikelyShown }
    var lines = [terminal.styled("What stands in the way, from dev", .bold)]
    if short.isEmpty {
      lines.append("Nothing that dev shows: each behavior is likely to be shown.")
    }
    lines += remedies
    let told = Set(diagnosis.remedies.filter { $0.kind == .climb }.map { $0.text.lowercased() })
    for advice in diagnosis.advice where !told.contains(advice.lowercased()) {
      lines += advice.harmless.wrapped(to: terminal.width, after: "→ ")
    }
    for behavior in short.prefix(Self.mostBehaviors) { lines += self.lines(of: behavior) }
    if short.count > Self.mostBehaviors {
      lines.append("… and \(short.count - Self.mostBehaviors) more; --json has all of them.")
    }
    if let study = diagnosis.study {
      lines += StudyText(study, terminal).lines(
        withCurve: short.allSatisfy { $0.outlook == nil } && !short.isEmpty)
    }
    return lines
  }

  private var remedies: [String] {
    guard !diagnosis.remedies.isEmpty else { return [] }
    var lines = ["Likeliest to help:"]
    for (index, remedy) in diagnosis.remedies.enumerated() {
      lines += remedy.text.harmless.wrapped(to: terminal.width, after: " \(index + 1). ")
    }
    return lines + [""]
  }

  // MARK: - One behavior

  private func lines(of behavior: BehaviorDiagnosis) -> [String] {
    let verdict =
      switch behavior.verdict {
      case .violated: terminal.styled("below its target", .red)
      case .satisfied: terminal.styled("likely to be shown", .green)
      case .undecided: "undecided"
      }
    let head =
      "\(terminal.styled(behavior.name.harmless, .bold)): \(verdict), "
      + "\(behavior.passes)/\(behavior.trials) on dev\(Self.gap(behavior)); chance of being shown "
      + Format.chance(behavior.chance)
    var lines = head.wrapped(to: terminal.width, after: "")
    for confusion in behavior.confusions.prefix(3) {
      let reply = confusion.reply.map { "`\($0.harmless)`" } ?? "nothing usable"
      lines += "\(confusion.count) × \(confusion.expected.worded(\.ticked)) answered \(reply)"
        .wrapped(to: terminal.width, after: "  ")
      // Groups of failures have examples of their own.
      lines += terminal.quoted(Array(confusion.inputs.prefix(behavior.groups.isEmpty ? 2 : 0)))
    }
    for group in behavior.groups.prefix(2) { lines += self.lines(of: group) }
    if let outlook = behavior.outlook {
      lines += CurveText.sentence(outlook).wrapped(to: terminal.width, after: "  ")
    }
    for advice in behavior.advice {
      lines += advice.harmless.wrapped(to: terminal.width, after: "  → ")
    }
    return lines
  }

  private static func gap(_ behavior: BehaviorDiagnosis) -> String {
    guard let gap = behavior.gap else { return "" }
    let points = Format.percent(abs(gap)).replacing(" %", with: "")
    return gap > 0
      ? ", \(points) points short" : ", \(points) points above \(Format.target(behavior.target))"
  }

  /// Of what `train` has around a group, below this it has little like it.
  private static let alike = 0.5

  private func lines(of group: FailureGroup) -> [String] {
    let words = group.words.map { "`\($0.harmless)`" }
    let about = words.isEmpty ? "that are alike" : "with \(words.joined(separator: ", "))"
    let nearest = group.neighbors.prefix(2).map {
      "\(Int((100 * $0.share).rounded())) % `\($0.label.harmless)`"
    }
    let isFar = group.similarity < Self.alike
    let text =
      "\(group.count) failures \(about); the nearest train examples are "
      + nearest.joined(separator: ", ") + (isFar ? ", and none is much like them" : "")
    return text.wrapped(to: terminal.width, after: "  ") + terminal.quoted(group.inputs)
  }
}

extension Terminal {
  /// Texts that somebody else wrote, one a line, cut to fit.
  func quoted(_ texts: [String]) -> [String] {
    texts.map { "      " + $0.harmless.truncated(to: max(20, width - 7)) }
  }
}
