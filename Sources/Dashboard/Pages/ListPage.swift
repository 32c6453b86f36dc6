import Foundation
import Mustache
import Reports
import Suites
import Tuning

/// All runs, the newest first.
struct ListPage {
  var runs: [FoldedRun]
  var snapshot: Snapshot
  var texts: SuiteTexts
  /// The suite's folder, as a command would name it.
  var folder: String

  func html(_ layout: Layout) -> String {
    layout.page(
      title: "Runs", body: layout.templates.list.render(values), current: "/",
      events: "/events" + Query([("seen", snapshot.listMark)]).text)
  }

  private struct Row {
    var number: Int
    var path: String
    var time: String
    var isoTime: String?
    var key: String
    var words: String
    var detail: String?
    var rounds: Int
    var checkpoint: String?
    var rung: String
    var examplesPath: String
    var dataPath: String
  }

  private struct Values {
    var hasProblems: Bool
    var problems: [String]
    var hasRuns: Bool
    var runs: [Row]
    var folder: String
  }

  private var values: Values {
    Values(
      hasProblems: !texts.problems.isEmpty, problems: Array(texts.problems.prefix(20)),
      hasRuns: !runs.isEmpty, runs: runs.reversed().map(row), folder: folder)
  }

  private func row(_ run: FoldedRun) -> Row {
    let state = RunState(run, isLive: run.number == snapshot.liveRun)
    let path = Route.path(run: run.number)
    let champion = run.summary.champion?.checkpoint
    return Row(
      number: run.number, path: path, time: run.began.map(Format.time) ?? "",
      isoTime: run.began.map(Times.machine), key: state.key, words: state.words,
      detail: state.detail.isEmpty ? nil : state.detail,
      rounds: run.summary.rounds.count, checkpoint: champion?.id,
      rung: champion.map { $0.rung?.rawValue ?? "base" } ?? "",
      examplesPath: "/examples" + Query([("run", "\(run.number)")]).text, dataPath: path + ".json")
  }
}
