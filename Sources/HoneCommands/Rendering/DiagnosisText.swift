import Suites
import Tuning

/// One behavior's diagnosis as lines of text.
enum DiagnosisText {
  static func lines(_ behavior: BehaviorDiagnosis, _ terminal: Terminal) -> [String] {
    let verdict =
      switch behavior.verdict {
      case .violated: terminal.styled("below its target", .red)
      case .satisfied: terminal.styled("likely to be shown", .green)
      case .undecided: "undecided"
      }
    var lines = [
      "\(terminal.styled(behavior.name.harmless, .bold)): \(verdict), "
        + "\(behavior.passes)/\(behavior.trials) on dev\(gap(behavior)); chance of being shown "
        + Format.chance(behavior.chance)
    ]
    for confusion in behavior.confusions.prefix(3) {
      let reply = confusion.reply.map { "`\($0.harmless)`" } ?? "nothing usable"
      lines.append(
        "  \(confusion.count) × \(confusion.expected.worded(\.ticked)) answered \(reply)")
      for input in confusion.inputs {
        lines.append("      " + input.harmless.truncated(to: max(20, terminal.width - 7)))
      }
    }
    lines += behavior.advice.map { "  → \($0)" }
    return lines
  }

  private static func gap(_ behavior: BehaviorDiagnosis) -> String {
    guard let gap = behavior.gap else { return "" }
    let points = Format.percent(abs(gap)).replacing(" %", with: "")
    return gap > 0
      ? ", \(points) points short" : ", \(points) points above \(Format.target(behavior.target))"
  }
}
