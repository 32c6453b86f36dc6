import Foundation
import Suites
import Tuning

extension PageContext {
  private static let groupsShown = 9
  private static let confusedShown = 10
  private static let mostConfused = 300
  private static let listed = 30

  var failureParts: Values {
    var values = examples
    if let confusion = report.confusion,
      let figure = report.confusionFigure(pair: { pages.name(expected: $0, reply: $1) })
    {
      var part = Self.figure(figure)
      let confused = confusion.confused
      part["hasConfused"] = !confused.isEmpty
      part["isLarge"] = confusion.labels.count > 24
      let pairs = confused.prefix(Self.mostConfused).map { pair in
        let values: Values = [
          "expected": pair.expected.shown(), "reply": pair.reply.shown(), "count": pair.count,
        ]
        let name = pages.name(expected: pair.expected, reply: pair.reply)
        return values.merging(name.map { ["pair": $0] } ?? [:]) { first, _ in first }
      }
      part["confused"] = Array(pairs.prefix(Self.confusedShown))
      let others = Array(pairs.dropFirst(Self.confusedShown))
      part["hasOthers"] = !others.isEmpty
      part["othersTitle"] =
        "\(Format.count(confused.count - Self.confusedShown, "more pair"))"
        + (confused.count > Self.mostConfused ? ", the first \(others.count)" : "")
      part["others"] = others
      if confusion.uncounted > 0 {
        part["uncounted"] =
          "Left out of it: \(Format.count(confusion.uncounted, "unit")) of dev that passed; the suite "
          + "as it stands does not say what was expected there."
      }
      values["confusion"] = part
    }
    values["hasGroups"] = !pages.groups.isEmpty
    values["groups"] = pages.groups.prefix(Self.groupsShown).map(Self.group)
    values["studyEvent"] = report.study?.event
    return values.merging(studied) { first, _ in first }
  }

  // MARK: - The study

  private static func group(_ shown: ExamplePages.Group) -> Values {
    let group = shown.group
    let around = group.neighbors.prefix(2).map {
      "\(Int((100 * $0.share).rounded())) % “\($0.label.shown())”"
    }
    var values: Values = [
      "title": shown.title, "inputs": group.inputs.map { $0.shown(300) },
      "around": "The nearest train examples are \(around.joined(separator: ", ")).",
    ]
    if shown.rows > 0 { values["shows"] = ["count": Format.count(shown.rows, "example")] }
    return values
  }

  /// What groups of failures, suspected labels and learning curves rest on.
  private func basis(_ study: StudyRow) -> String {
    func part(_ sampled: TrainingStudy.Sampled, _ role: String) -> String {
      sampled.isPart
        ? "\(sampled.used) of the \(sampled.total) \(role) examples"
        : "all \(sampled.total) \(role) examples"
    }
    let isCertified = report.verdict.outcome == .certified
    return "Groups of failures, labels to look at and learning curves come from a look at "
      + "\(part(study.train, "train")) and \(part(study.dev, "dev")), made with the champion when the "
      + "run had ended\(isCertified ? ", its certificate included" : ""). What is alike is told by the "
      + "base model, which has seen no label. Nothing sealed was looked at, and no verdict hangs on it."
  }

  private var noStudy: String {
    switch report.verdict.outcome {
    case .running:
      "Groups of failures, labels to look at and learning curves follow when the run has ended."
    case .interrupted:
      "Groups of failures, labels to look at and learning curves are missing: they are worked out "
        + "when a run has ended."
    case .certified, .violated, .undecided, .infeasible:
      "Groups of failures, labels to look at and learning curves are missing: nobody looked at train "
        + "and dev when this run had ended."
    }
  }

  private var studied: Values {
    guard let study = report.study else { return ["studyNote": noStudy] }
    let suspects = study.suspectedLabels
    return [
      "studyNote": basis(study),
      "hasSuspects": !suspects.isEmpty,
      "suspectsNote":
        "\(Format.count(suspects.count, "example")) of \(study.train.used + study.dev.used) in "
        + "train and dev seem to be labelled wrong, or are hard"
        + (suspects.count > Self.listed ? "; the surest \(Self.listed):" : ", the surest first:"),
      "suspects": suspects.prefix(Self.listed).map { suspect in
        [
          "input": suspect.place.input.shown(500),
          "place": Self.place(suspect.place.locations.first),
          "expected": suspect.place.expected.shown(), "suggested": suspect.suggested.shown(),
          "probability": Format.chance(suspect.probability), "role": suspect.place.role.rawValue,
        ] as Values
      },
      "hasContradictions": !study.contradictions.isEmpty,
      "contradictions": study.contradictions.prefix(Self.listed).map { pair in
        [
          "first": pair.first.input.shown(500),
          "firstPlace": Self.place(pair.first.locations.first),
          "firstLabel": pair.first.expected.shown(),
          "second": pair.second.input.shown(500),
          "secondPlace": Self.place(pair.second.locations.first),
          "secondLabel": pair.second.expected.shown(),
        ] as Values
      },
    ]
  }
}
