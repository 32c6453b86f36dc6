import ArgumentParser
import Suites

/// Where a test's report goes, and in which form.
struct TestOutput: ParsableArguments {
  @Option(help: "What standard output shows.")
  var format = TestFormat.text

  @Flag(help: "The same as --format json.")
  var json = false

  @Option(
    help: ArgumentHelp("Also write a JUnit XML file.", valueName: "file"), completion: .file())
  var junit: String?

  @Option(
    help: ArgumentHelp("Also write a Markdown file, for a pull request.", valueName: "file"),
    completion: .file())
  var markdown: String?

  func validate() throws {
    if json && format != .text && format != .json {
      throw ValidationError("Give --json or --format, not both.")
    }
  }

  /// Whether standard output is read by a program, so that no progress is shown beside it.
  var isForMachines: Bool { json || format != .text }

  /// Writes the files that were asked for, then standard output.
  ///
  /// - Throws: `TestError` where a file cannot be written; standard output is then left alone.
  func write(
    _ report: some Encodable, junit: () -> String, markdown: () -> String,
    text: (Terminal) -> [String]
  ) throws {
    if let path = self.junit { try ReportFile.write(junit(), to: path) }
    if let path = self.markdown { try ReportFile.write(markdown(), to: path) }
    switch json ? .json : format {
    case .text: Terminal.output.lines(text(Terminal.output))
    case .json: try printJSON(report)
    case .junit: Terminal.output.write(junit())
    case .markdown: Terminal.output.write(markdown())
    }
  }
}

/// What standard output shows.
enum TestFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case junit
  case markdown
}

/// A file of fresh labelled texts, and how it names things.
struct FreshDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Labelled texts from outside the suite (CSV, TSV, JSON, JSON lines), to hold the claim "
        + "against.", valueName: "file"),
    completion: .file())
  var on: String?

  @Option(
    help: ArgumentHelp(
      "The column or key of the text; dots reach into objects (default: input).",
      valueName: "name"))
  var input: String?

  @Option(
    help: ArgumentHelp("The column or key of the label (default: expected).", valueName: "name"))
  var expected: String?

  @Option(
    help: ArgumentHelp(
      "The column or key that names what rows share (default: cluster).", valueName: "name"))
  var cluster: String?

  @Flag(
    help: "Leave out rows that cannot be used or whose label no behavior has, and say which.")
  var skipBadRows = false

  var fields: FieldNames {
    FieldNames(
      input: input ?? "input", expected: expected ?? "expected", cluster: cluster ?? "cluster")
  }

  func validate() throws {
    guard on == nil else { return }
    if input != nil || expected != nil || cluster != nil || skipBadRows {
      throw ValidationError(
        "--input, --expected, --cluster and --skip-bad-rows are about the file of --on FILE.")
    }
  }
}
