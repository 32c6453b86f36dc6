import ArgumentParser
import Foundation
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

  @Argument(help: "The folder to write (default: the current one).", completion: .directory)
  var folder = "."

  @Option(help: "A file of labelled texts.", completion: .file())
  var from: String?

  @Option(help: "The column or key of the text; dots reach into objects.")
  var input = "input"

  @Option(help: "The column or key of the label.")
  var expected = "expected"

  @Option(help: "The column or key that names what rows share (a person, a thread, a source).")
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
    let files = try SuiteWriter.write(rows, to: folder) { aims[$0.label]?.target }
    aims.lines().forEach { Terminal.output.line($0) }
    rows.setAside.forEach { Terminal.output.line("left out: \($0.description.harmless)") }
    say(
      files, in: folder,
      next: [
        "say in hone.yaml what the texts stand for (population:)",
        "say in behaviors/ what each label requires",
      ])
  }

  private func say(_ files: [String], in folder: URL, next: [String]) {
    let output = Terminal.output
    output.line("")
    output.line("Wrote \(Format.count(files.count, "file")) to \(folder.path). Next:")
    let argument = self.folder == "." ? "" : " \(self.folder)"
    for step in next { output.line("  - \(step)") }
    for command in ["check", "plan", "train"] { output.line("  hone \(command)\(argument)") }
  }
}

/// The target of each label that its rows can usually show.
private struct Aims {
  struct Aim {
    var count: LabelledRows.LabelCount
    /// The highest, in whole hundredths; nil where there is none from 0.5 up.
    var target: Double?
  }

  private let aims: [Aim]
  private static let confidence = Claims().confidence

  /// Chooses targets so that all labels together are shown with chance 0.8 at their hopes.
  init(_ rows: LabelledRows) {
    let power = pow(0.8, 1 / Double(max(1, rows.labels.count)))
    aims = rows.labels.map { label in
      let pool = SealedPool(units: label.sealed, budget: 1 - Self.confidence)
      return Aim(count: label, target: Feasibility.showableTarget(pool, power: power))
    }
  }

  subscript(label: String) -> Aim? {
    aims.first { $0.count.label == label }
  }

  func lines() -> [String] {
    var table = TextTable(
      header: ["label", "rows", "units", "sealed", "can show"],
      alignments: [.left, .right, .right, .right, .right])
    for aim in aims {
      table.add([
        aim.count.label.harmless, "\(aim.count.rows)", "\(aim.count.units)", "\(aim.count.sealed)",
        aim.target.map(Format.target) ?? "–",
      ])
    }
    return table.lines() + [
      "",
      "`can show` is the pass rate that the sealed units of a label can prove at "
        + "\(Format.percent(Self.confidence)) confidence, in 8 of 10 cases for all labels "
        + "together, if the model is well above it. It is set as the label's target; more rows "
        + "show more.",
    ]
  }
}
