import ArgumentParser
import COpenBLAS
import Engine
import Foundation

/// Times one task of the engine and prints one line of JSON; `scripts/bench` reads it.
///
/// ```
/// engine-benchmark full --texts a.jsonl b.jsonl --model ~/.cache/hone/models/minilm --batch 32
/// {"batch":32,"msPerStep":101.2,"peakMiB":512.4,"task":"full","texts":384,...}
/// ```
///
/// The tasks `products-*` run nothing but the matrix products of their namesakes: what is left of
/// them is what OpenBLAS allows.
@main
struct EngineBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine-benchmark", abstract: "Time one task of the engine.")

  /// What is timed.
  enum Task: String, CaseIterable, ExpressibleByArgument {
    /// Embedding of all texts, tokenizing included.
    case embed
    /// Optimizer steps on all weights.
    case full
    /// Optimizer steps on adapters of all linear layers, rank 8.
    case lora
    /// Optimizer steps on adapters of query and value, rank 8.
    case loraQueryValue = "lora-query-value"
    case productsEmbed = "products-embed"
    case productsFull = "products-full"
    case productsLora = "products-lora"
  }

  @Argument(help: "What is timed.")
  var task: Task

  @Option(
    parsing: .upToNextOption,
    help: "JSON lines with input and expect (or answer, or the file's name).")
  var texts: [String]

  @Option(help: "Hugging Face folder of the encoder.")
  var model: String

  @Option(help: "Workers.")
  var threads = 2

  @Option(help: "Texts of one optimizer step, taken in the order given.")
  var batch = 32

  @Option(help: "Timed runs over the texts, or over \(Measuring.steps) steps; one more warms up.")
  var rounds = 5

  func run() throws {
    let examples = try texts.flatMap(Example.read)
    guard !examples.isEmpty else { throw ValidationError("there are no texts") }
    let encoder = try SentenceEncoder(folder: URL(fileURLWithPath: model))
    let measuring = Measuring(
      encoder: encoder, examples: examples, threads: threads, batch: batch, rounds: rounds)
    switch task {
    case .embed:
      try report(measuring.embed(), of: examples.count)
    case .full:
      try report(measuring.step(.full))
    case .lora:
      try report(measuring.step(.lora(LowRankSettings())))
    case .loraQueryValue:
      try report(measuring.step(.lora(LowRankSettings(targets: [.query, .value]))))
    case .productsEmbed:
      try report(measuring.products(ofTexts: examples), of: examples.count)
    case .productsFull:
      try report(measuring.productsOfStep(rank: nil))
    case .productsLora:
      try report(measuring.productsOfStep(rank: LowRankSettings().rank))
    }
  }

  // MARK: - The line

  /// - Parameter count: Texts of one run; without it the run is an optimizer step.
  private func report(_ timing: Timing, of count: Int? = nil) throws {
    let isHone = !task.rawValue.hasPrefix("products-")
    let line = Line(
      tool: isHone ? "hone" : "openblas", task: task.rawValue, variant: SentenceEncoder.kernelName,
      batch: batch, threads: threads, texts: try texts.flatMap(Example.read).count,
      textsPerSecond: Double(count ?? batch) / timing.wall,
      msPerStep: count == nil ? timing.wall * 1000 : nil,
      processorMs: timing.processor * 1000, peakMiB: Self.peakMiB,
      version: isHone ? "" : Self.openBLASVersion)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(line), as: UTF8.self))
  }

  private struct Line: Encodable {
    var tool: String
    var task: String
    var variant: String
    var batch: Int
    var threads: Int
    var texts: Int
    var textsPerSecond: Double
    var msPerStep: Double?
    /// Processor time of one run, all threads together.
    var processorMs: Double
    var peakMiB: Double
    var version: String

    enum CodingKeys: CodingKey {
      case tool, task, variant, batch, threads, texts, textsPerSecond, msPerStep, processorMs,
        peakMiB,
        version
    }

    func encode(to encoder: any Encoder) throws {
      var line = encoder.container(keyedBy: CodingKeys.self)
      try line.encode(tool, forKey: .tool)
      try line.encode(task, forKey: .task)
      try line.encode(variant, forKey: .variant)
      try line.encode(batch, forKey: .batch)
      try line.encode(threads, forKey: .threads)
      try line.encode(texts, forKey: .texts)
      try line.encode(textsPerSecond, forKey: .textsPerSecond)
      // A missing value is written as null.
      try line.encode(msPerStep, forKey: .msPerStep)
      try line.encode(processorMs, forKey: .processorMs)
      try line.encode(peakMiB, forKey: .peakMiB)
      try line.encode(version, forKey: .version)
    }
  }

  /// Most memory that the process ever held.
  private static var peakMiB: Double {
    #if os(Linux)
      // Not getrusage: its maximum includes that of the process that started this one.
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return (line?.split(separator: " ").compactMap { Double($0) }.first ?? .nan) / 1024
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }

  /// E.g. `0.3.21`, of `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...`.
  private static var openBLASVersion: String {
    let words = String(cString: openblas_get_config()).split(separator: " ")
    return words.dropFirst().first.map(String.init) ?? "unknown"
  }
}

/// A text and its label.
struct Example {
  var input: String
  var answer: String

  /// The lines of a file, in order.
  static func read(_ path: String) throws -> [Example] {
    let url = URL(fileURLWithPath: path)
    let name = url.deletingPathExtension().lastPathComponent
    return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).map {
      let row = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      guard let input = row?["input"] as? String else {
        throw ValidationError("\(path): a line has no input")
      }
      let answer = (row?["expect"] ?? row?["answer"]) as? String
      return Example(input: input, answer: answer ?? name)
    }
  }
}
