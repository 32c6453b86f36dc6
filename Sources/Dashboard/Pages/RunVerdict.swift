import Suites
import Tuning

/// How a run stands, in a word or two.
struct RunVerdict: Sendable, Hashable {
  var word: String
  /// Behaviors that it is about; empty where it is about none in particular.
  var detail: String
  /// How it is colored; the word says the same.
  var tone: Tone

  enum Tone: String, Sendable {
    case good
    case open
    case bad
  }

  init(_ run: FoldedRun, isLive: Bool) {
    detail = ""
    tone = .open
    switch run.summary.outcome {
    case .satisfied:
      (word, tone) = ("certified", .good)
    case .unsatisfied(_, _, let violated) where !violated.isEmpty:
      (word, detail, tone) = ("violated", violated.joined(separator: ", "), .bad)
    case .unsatisfied:
      word = "undecided"
    case .infeasible(let behaviors):
      (word, detail) = ("infeasible", behaviors.joined(separator: ", "))
    case nil:
      word = isLive ? "at work" : "interrupted"
      if !isLive { detail = "hone train goes on with it" }
    }
  }
}
