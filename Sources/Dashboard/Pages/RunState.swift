import Suites
import Tuning

/// How a run stands, in a word or two: those of its own page.
struct RunState: Sendable, Hashable {
  /// What styles it; the words say the same.
  var key: String
  var words: String
  /// Behaviors that it is about, or what to do; empty where there is nothing to add.
  var detail = ""

  init(_ run: FoldedRun, isLive: Bool) {
    switch run.summary.outcome {
    case .satisfied:
      (key, words) = ("certified", "Certified")
    case .unsatisfied(_, _, let violated) where !violated.isEmpty:
      (key, words, detail) = ("violated", "Below target", Self.list(violated))
    case .unsatisfied:
      (key, words) = ("undecided", "Not certified")
    case .infeasible(let behaviors):
      (key, words, detail) = ("infeasible", "Cannot be shown", Self.list(behaviors))
    case nil where isLive:
      (key, words) = ("running", "At work")
    case nil:
      (key, words, detail) = ("undecided", "Interrupted", "hone train goes on with it")
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(4).map(\.shortened).joined(separator: ", ")
      + (names.count > 4 ? " and \(names.count - 4) more" : "")
  }
}
