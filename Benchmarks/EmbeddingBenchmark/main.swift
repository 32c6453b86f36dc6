// Texts per second of the embedding engine, tokenizing and batching included.
//   usage: embedding-benchmark FILE.jsonl ...   (each line an object with "input")
import EmbeddedModels
import Engine
import Foundation

let runs = 5

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("embedding-benchmark: \(message)\n".utf8))
  exit(1)
}

func inputs(of path: String) throws -> [String] {
  try String(contentsOfFile: path, encoding: .utf8)
    .split(whereSeparator: \.isNewline)
    .map { line in
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let input = row?["input"] as? String else { fail("\(path): a line has no input") }
      return input
    }
}

/// Seconds of each run, sorted; one more run before them is not counted.
func seconds(_ body: () throws -> Void) rethrows -> [Double] {
  try body()
  return try (0..<runs).map { _ in
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }.sorted()
}

do {
  let texts = try CommandLine.arguments.dropFirst().flatMap(inputs)
  guard !texts.isEmpty else { fail("name JSON-lines files with texts") }
  let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  let encoder = try SentenceEncoder(folder: BaseModel.folder(of: "minilm", suite: here))
  let tokens = texts.reduce(0) {
    $0 + encoder.tokenizer.encode($1, maximumLength: encoder.maximumLength).count
  }
  print(
    "\(texts.count) texts, \(String(format: "%.1f", Double(tokens) / Double(texts.count))) tokens "
      + "on average; kernel \(SentenceEncoder.kernelName); \(runs) runs, median [slowest, fastest]")
  for threads in Set([1, ProcessInfo.processInfo.activeProcessorCount]).sorted() {
    let times = try seconds { _ = try encoder.embed(texts, threads: threads) }
    let rates = times.map { Int((Double(texts.count) / $0).rounded()) }
    print(
      "embedding, \(threads) thread\(threads == 1 ? "" : "s"): \(rates[runs / 2]) texts/s "
        + "[\(rates[runs - 1]), \(rates[0])]")
  }
} catch {
  fail("\(error)")
}
