import Reports
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
    let outcome = RunVerdict.Outcome(run.summary.outcome, isAtWork: isLive)
    (key, words) = (outcome.rawValue, outcome.headline)
    switch run.summary.outcome {
    case .unsatisfied(_, _, let names), .infeasible(let names):
      detail = Format.few(names.map(\.shortened), most: 4)
    case nil where !isLive:
      detail = "hone train goes on with it"
    default: break
    }
  }
}
