import Foundation
import Suites
import Tuning

extension PageContext {
  /// Rows of an example table that stand in the page as such; a script shows the others.
  private static let examplesShown = 20
  private static let groupsShown = 9
  private static let listed = 30

  var failureParts: Values {
    var values = examples
    if let figure = report.confusionFigure, let confusion = report.confusion {
      var part = Self.figure(figure)
      let confused = confusion.confused
      part["hasConfused"] = !confused.isEmpty
      part["isLarge"] = confusion.labels.count > 24
      part["confused"] = confused.prefix(10).map {
        ["expected": $0.expected.shown(), "reply": $0.reply.shown(), "count": $0.count] as Values
      }
      if confusion.uncounted > 0 {
        part["uncounted"] =
          "Left out of it: \(Format.count(confusion.uncounted, "unit")) of dev that passed; the suite "
          + "as it stands does not say what was expected there."
      }
      values["confusion"] = part
    }
    let groups = report.behaviors.flatMap(\.failureGroups).sorted {
      ($1.count, $0.behavior) < ($0.count, $1.behavior)
    }
    values["hasGroups"] = !groups.isEmpty
    values["groups"] = groups.prefix(Self.groupsShown).map(Self.group)
    values["studyEvent"] = report.study?.event
    return values.merging(studied) { first, _ in first }
  }

  // MARK: - Examples

  private var examples: Values {
    let rows = report.examples
    let room = ExampleRoom(rows) { row in
      var row = row
      (row.input, row.inputLength) = ("", nil)
      let texts = Self.texts(row)
      return [texts.place, texts.expected, texts.reply, texts.probability]
    }
    return [
      "hasExamples": !rows.isEmpty,
      "examplesNote": rows.isEmpty
        ? "No example of dev fails, and none failed where the run began."
        : "Examples of dev that fail, the surest mistakes first, and those that failed where the "
          + "run began. Sealed examples are never shown." + room.note,
      "examplesCount": rows.count, "examplesShown": min(rows.count, Self.examplesShown),
      "examples": rows.prefix(Self.examplesShown).map { row in
        let parts = Self.texts(row)
        return [
          "input": parts.input, "place": "\(row.behavior.shown()) · \(parts.place)",
          "expected": parts.expected, "reply": parts.reply, "probability": parts.probability,
          "state": row.state.words,
        ] as Values
      },
      "examplesData": rows.isEmpty ? "" : data(rows, room),
    ]
  }

  private struct Texts {
    var input: String
    var place: String
    var expected: String
    var reply: String
    var probability: String
  }

  private static func texts(_ row: ExampleRow) -> Texts {
    var input = row.input?.harmless ?? "(the suite has no example \(row.example) any more)"
    if let length = row.inputLength { input += "… (\(length) characters)" }
    let passes = row.state == .gained
    return Texts(
      input: input, place: place(row.location), expected: row.expected.worded { $0.shown() },
      reply: passes ? "as expected" : row.reply.map(Self.short) ?? "nothing usable",
      probability: passes ? "" : row.probability.map { "\(Format.chance($0)) sure" } ?? "")
  }

  /// A reply is a label; whatever else a model wrote is cut.
  private static func short(_ reply: String) -> String {
    reply.shown(200)
  }

  /// All examples as JSON that may stand in a page: names of behaviors and states once, then rows.
  private func data(_ rows: [ExampleRow], _ room: ExampleRoom) -> String {
    let rows = rows.prefix(room.rows).map(room.cut)
    let behaviors = Set(rows.map { $0.behavior }).sorted()
    let places = Dictionary(uniqueKeysWithValues: behaviors.enumerated().map { ($1, $0) })
    let states = ExampleRow.State.allCases
    let value = ExampleData(
      states: states.map { [$0.rawValue, $0.words] }, behaviors: behaviors.map { $0.shown() },
      rows: rows.map { row in
        let texts = Self.texts(row)
        return ExampleData.Row(
          behavior: places[row.behavior] ?? 0,
          texts: [texts.input, texts.place, texts.expected, texts.reply, texts.probability],
          state: states.firstIndex(of: row.state) ?? 0)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    let json = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    // Within a script element nothing may look like markup.
    return json.replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
      .replacing("&", with: "\\u0026").replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }

  private struct ExampleData: Encodable {
    var states: [[String]]
    var behaviors: [String]
    var rows: [Row]

    /// An array: behavior, texts, state.
    struct Row: Encodable {
      var behavior: Int
      var texts: [String]
      var state: Int

      func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        try row.encode(behavior)
        for text in texts { try row.encode(text) }
        try row.encode(state)
      }
    }
  }

  // MARK: - The study

  private static func group(_ group: FailureGroup) -> Values {
    let words = group.words.map { "“\($0.shown())”" }
    let around = group.neighbors.prefix(2).map {
      "\(Int((100 * $0.share).rounded())) % “\($0.label.shown())”"
    }
    return [
      "title": "\(group.behavior.shown()): \(Format.count(group.count, "failure"))"
        + (words.isEmpty ? "" : " with \(words.joined(separator: ", "))"),
      "around": "The nearest train examples are \(around.joined(separator: ", ")).",
      "inputs": group.inputs.map { $0.shown(300) },
    ]
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
      + "base model, which has seen no label. Nothing sealed was looked at, and nothing hangs on it."
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

extension ExampleRow.State {
  var words: String {
    switch self {
    case .fails: "fails, as at the start"
    case .lost: "fails, passed at the start"
    case .gained: "passes, failed at the start"
    }
  }
}
