import ArgumentParser
import Foundation
import Reports
import Statistics
import Suites
import Tuning

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Starts a suite: from labelled texts, or with examples to edit.",
    discussion: """
      With --from, a CSV, TSV, JSON or JSON-lines file of labelled texts becomes a suite with one \
      behavior per label, each with the highest target that its rows can usually show. Without it, \
      a small suite to edit is written. Nothing that exists is overwritten.

        hone init my-suite --from messages.csv --input text --expected label
        hone init my-suite --from log.jsonl --input question --expected answer.label
      """)

  @Argument(help: "The folder to write.", completion: .directory)
  var folder = "."

  @Option(
    help: ArgumentHelp("A file of labelled texts.", valueName: "file"), completion: .file())
  var from: String?

  @Option(
    help: ArgumentHelp("The column or key of the text; dots reach into objects.", valueName: "name")
  )
  var input = "input"

  @Option(help: ArgumentHelp("The column or key of the label.", valueName: "name"))
  var expected = "expected"

  @Option(
    help: ArgumentHelp(
      "The column or key that names what rows share (a person, a thread, a source).",
      valueName: "name"))
  var cluster = "cluster"

  @Flag(help: "Leave out rows that cannot be used, and say which.")
  var skipBadRows = false

  func run() async throws {
    let folder = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
    guard let from else {
      let files = try SuiteWriter.writeStarter(to: folder)
      say(files, in: folder, next: ["edit behaviors/ to say what you require"])
      return
    }
    let rows = try LabelledRows.read(
      URL(fileURLWithPath: from),
      fields: FieldNames(input: input, expected: expected, cluster: cluster),
      onBadRow: skipBadRows ? .skip : .refuse)
    let aims = Aims(rows)
    let files = try SuiteWriter.write(rows, to: folder) { aims[$0] }
    Terminal.output.lines(aims.lines())
    Terminal.output.line("")
    Terminal.output.lines(rows.setAside.map { "left out: \($0.description.harmless)" })
    say(
      files, in: folder,
      next: [
        "say in hone.yaml what the texts stand for (population:)",
        "say in behaviors/ what each label requires",
      ])
  }

  private func say(_ files: [String], in folder: URL, next: [String]) {
    let output = Terminal.output
    output.line("Wrote \(Format.count(files.count, "file")) to \(folder.path). Next:")
    let argument = self.folder == "." ? "" : " \(self.folder)"
    for step in next { output.line("  - \(step)") }
    for command in ["check", "plan", "train"] { output.line("  hone \(command)\(argument)") }
  }
}

/// What each label's rows can show, and so shall.
private struct Aims {
  private let labels: [LabelledRows.LabelCount]
  private let power: Double
  /// The pass rate that a good model is taken to have.
  private static let hope = 0.95

  /// Aims so that all labels together are shown in 8 of 10 cases by a model at the hope.
  init(_ rows: LabelledRows) {
    labels = rows.labels
    power = pow(0.8, 1 / Double(max(1, rows.labels.count)))
  }

  /// The highest target, in whole hundredths, that the label's sealed units usually show; nil
  /// where they can show none from 0.5 up, which guessing may reach too.
  subscript(label: LabelledRows.LabelCount) -> SuiteWriter.Aim? {
    let pool = SealedPool(units: label.sealed, budget: Claims().alpha)
    let target = stride(from: 94, through: 50, by: -1).lazy.map { Double($0) / 100 }
      .first { pool.power(target: $0, at: Self.hope) >= power }
    return target.map { SuiteWriter.Aim(target: $0, hope: Self.hope) }
  }

  func lines() -> [String] {
    var table = TextTable(
      header: ["label", "rows", "units", "sealed", "can show"],
      alignments: [.left, .right, .right, .right, .right])
    for label in labels {
      table.add([
        label.label.harmless, "\(label.rows)", "\(label.units)", "\(label.sealed)",
        self[label].map { Format.target($0.target) } ?? "too few",
      ])
    }
    return table.lines() + [
      "",
      "`can show` is the pass rate that a label's sealed units can prove at "
        + "\(Format.percent(Claims().confidence)) confidence: for all labels together in 8 of 10 "
        + "cases, if the model is right \(Format.percent(Self.hope)) of the time. It is set as "
        + "the label's target. More rows show more; with `too few`, a label gets no target of its "
        + "own, and `hone check` says how many are missing.",
    ] + doubt
  }

  /// Asks whether the labels are labels, where most of them look like texts or numbers.
  private var doubt: [String] {
    let single = labels.count { $0.rows == 1 }
    guard single * 2 > labels.count else { return [] }
    return [
      "",
      "warning: \(single) of \(Format.count(labels.count, "label")) \(single == 1 ? "has" : "have") "
        + "a single row. Does --expected name the right column?",
    ]
  }
}
