import Foundation
import Suites

extension PageContext {
  /// Calibration and learning curve.
  var modelParts: Values {
    var notes: [String] = []
    if report.calibration == nil {
      notes.append("The model states no probabilities, or they were not recorded by this run.")
    }
    if let gap = report.study?.noLearningCurve {
      notes.append("No learning curve: \(gap.harmless).")
    }
    return [
      "modelFigures": [report.calibrationFigure, report.togetherFigure].compactMap { $0 }
        .map(Self.figure),
      "modelNotes": notes,
    ]
  }

  var originParts: Values {
    var values: Values = [
      "facts": facts, "eventCount": report.events.count,
      "events": report.events.map {
        ["sequence": $0.sequence, "kind": $0.kind, "time": Format.time($0.time)] as Values
      },
    ]
    if let claim = report.claim {
      values["claim"] =
        [
          "claim": claim.claim.harmless, "issued": Self.time(claim.issued),
          "attempt": claim.attempt,
        ] as Values
    } else {
      values["noClaim"] = noClaim
    }
    return values
  }

  /// What is claimed of a run without its certificate, which is nothing; and what would be.
  private var noClaim: String {
    let status =
      switch report.verdict.outcome {
      case .certified:
        "This run issued a certificate, but the suite's certificate.json is not of its champion: "
          + "it is gone, or of another run."
      case .running: "Nothing is claimed yet: this run has issued no certificate so far."
      case .interrupted: "Nothing is claimed: this run stopped before it issued a certificate."
      case .violated, .undecided, .infeasible:
        "Nothing is claimed: this run ended without a certificate."
      }
    return status + " What one of it says is that the checkpoint passes every behavior at least at "
      + "its target; a procedure that issues such certificates issues a false one with a "
      + "probability of at most \(Format.percent(1 - report.run.confidence))."
  }

  private var facts: [Values] {
    let run = report.run
    func fact(_ name: String, _ value: String, isHash: Bool = false) -> Values {
      ["name": name, "value": value.shown(500), "isHash": isHash]
    }
    let start = run.start == run.base ? "the base" : "a checkpoint of an earlier run"
    return [
      fact("Population", run.population ?? "not stated"),
      fact("Confidence of a certificate", Format.percent(run.confidence)),
      fact("Ladder", run.ladder.map(\.rawValue).joined(separator: ", ")),
      fact("Seed", "\(run.seed)"),
      fact("Champion", run.champion ?? "none", isHash: true),
      fact("Began at \(start)", run.start, isHash: true),
      fact("Base model", run.model, isHash: true),
      fact("Suite, when the run began", run.suiteHash, isHash: true),
      fact(
        "Rows", "\(run.rowsSetAside) set aside, \(run.rowsRepeated) repeated and counted once"),
      fact("Hone", run.ranBy.map { "\($0), shown by \(run.version)" } ?? run.version),
    ] + run.notes.map { fact("Note", $0) }
  }
}
