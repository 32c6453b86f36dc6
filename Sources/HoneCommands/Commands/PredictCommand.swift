import ArgumentParser
import EmbeddedModels
import Foundation
import Suites
import Tuning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Uses what was certified: a label and its probability per text.",
    discussion: """
      Texts come from the arguments, from a file (one text a line), or from a pipe. The answer is \
      one line per text, empty ones too: label, probability, text; with --json one JSON object \
      per line.

        hone predict --suite my-suite "I ran out of tablets"
        hone predict --suite my-suite --file messages.txt --json
        cat messages.txt | hone predict --suite my-suite

      Uses the checkpoint of certificate.json. Without one it uses the champion of the last run, \
      and says so.
      """)

  @Argument(help: "Texts to label.")
  var texts: [String] = []

  @Option(
    help: ArgumentHelp("The suite's folder.", valueName: "folder"), completion: .directory)
  var suite = "."

  @Option(
    help: ArgumentHelp(
      "A file with one text a line; `-` is standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  @Option(help: ArgumentHelp("A checkpoint's id (default: the certified one).", valueName: "id"))
  var checkpoint: String?

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print one JSON object per text, with all probabilities.")
  var json = false

  func validate() throws {
    if file != nil && !texts.isEmpty {
      throw ValidationError("Give texts as arguments or as --file, not both.")
    }
  }

  func run() async throws {
    let predictor = try Predictor(
      folder: URL(fileURLWithPath: suite, isDirectory: true).standardizedFileURL,
      checkpoint: checkpoint, threads: threads.count)
    for note in predictor.notes { Terminal.errors.line("note: \(note)") }
    if !texts.isEmpty {
      try await answer(texts, with: predictor)
    } else if let file, file != "-" {
      let descriptor = open(file, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw PredictError.unreadable(name: file, reason: String(cString: strerror(errno)))
      }
      defer { close(descriptor) }
      try await answer(LineReader(descriptor: descriptor, name: file), with: predictor)
    } else {
      if isatty(STDIN_FILENO) == 1 {
        Terminal.errors.line("Type a text and press Return; Ctrl-D ends.")
      }
      try await answer(
        LineReader(descriptor: STDIN_FILENO, name: "standard input"), with: predictor)
    }
  }

  private func answer(_ lines: LineReader, with predictor: Predictor) async throws {
    var lines = lines
    while let batch = try lines.next(atMost: 256) {
      try await answer(batch, with: predictor)
      // Nobody would see the rest.
      if LostOutput.first != nil { break }
    }
  }

  private func answer(_ texts: [String], with predictor: Predictor) async throws {
    for prediction in try await predictor.predict(texts) {
      Terminal.output.line(json ? try prediction.jsonLine() : prediction.textLine())
    }
  }
}
