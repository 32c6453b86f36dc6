import Reports
import Suites
import Tuning

/// What a study shows of the suite as a whole: labels to look at, and texts that contradict others.
struct StudyText {
  private let study: TrainingStudy
  private let terminal: Terminal

  private static let mostSuspects = 8
  private static let mostContradictions = 3

  init(_ study: TrainingStudy, _ terminal: Terminal) {
    self.study = study
    self.terminal = terminal
  }

  /// - Parameter withCurve: Whether to tell the learning curve of all behaviors together.
  func lines(withCurve: Bool) -> [String] {
    (withCurve ? curve : []) + gap + suspects + contradictions + sample
  }

  private var curve: [String] {
    study.together.map { curve in
      ("All behaviors together " + CurveText.points(curve) + "; " + CurveText.doubled(curve.curve)
        + ".").wrapped(to: terminal.width, after: "")
    } ?? []
  }

  private var gap: [String] {
    study.noCurve.map {
      "No learning curve: \($0.harmless).".wrapped(to: terminal.width, after: "")
    } ?? []
  }

  private var suspects: [String] {
    guard !study.suspects.isEmpty else { return [] }
    let total = study.train.used + study.dev.used
    let head =
      "Labels to look at: \(study.suspects.count) of \(total.grouped) examples in train and dev "
      + "seem to be labelled wrong, or are hard. The surest:"
    var lines = [""] + head.wrapped(to: terminal.width, after: "")
    for suspect in study.suspects.prefix(Self.mostSuspects) {
      let text =
        "\(Self.name(suspect.place)) `\(suspect.place.expected.harmless)`, rather "
        + "`\(suspect.suggested.harmless)` (\(Format.chance(suspect.probability)))"
      lines += text.wrapped(to: terminal.width, after: "  ")
      lines += terminal.quoted([suspect.place.input])
    }
    if study.suspects.count > Self.mostSuspects {
      lines.append(more(Self.mostSuspects, of: study.suspects.count))
    }
    return lines
  }

  private var contradictions: [String] {
    guard !study.contradictions.isEmpty else { return [] }
    let pairs = Format.count(study.contradictions.count, "pair")
    let head = "\(pairs) of nearly the same text with different labels, in train and dev:"
    var lines = [""] + head.wrapped(to: terminal.width, after: "")
    for pair in study.contradictions.prefix(Self.mostContradictions) {
      for place in [pair.first, pair.second] {
        lines += "\(Self.name(place)) `\(place.expected.harmless)`"
          .wrapped(to: terminal.width, after: "  ")
        lines += terminal.quoted([place.input])
      }
    }
    if study.contradictions.count > Self.mostContradictions {
      lines.append(more(Self.mostContradictions, of: study.contradictions.count))
    }
    return lines
  }

  private var sample: [String] {
    [(study.train, "train"), (study.dev, "dev")].filter(\.0.isPart).flatMap { part, role in
      ("Looked at a sample of \(part.used.grouped) of the \(part.total.grouped) \(role) examples.")
        .wrapped(to: terminal.width, after: "")
    }
  }

  private func more(_ shown: Int, of count: Int) -> String {
    "  … and \(count - shown) more; --json has all of them."
  }

  /// Where an example stands; its id where it came from no file.
  private static func name(_ place: TrainingStudy.Place) -> String {
    guard let first = place.locations.first else { return place.example }
    let others = place.locations.count - 1
    let name = first.line == 0 ? first.file : "\(first.file):\(first.line)"
    return name.harmless + (others > 0 ? " (and \(others) more)" : "")
  }
}
