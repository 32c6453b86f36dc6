import EmbeddedModels
import Foundation
import RunStorage
import Statistics
import Suites
import Synchronization
import TestSupport
import Testing
import Tuning

/// The main job on a small suite: the real encoder, the real loop, on disk.
@Suite("Tuning the embedded classifier", .serialized)
struct EmbeddedRunTests {
  /// A scratch folder with the suite of two behaviors that a tiny grammar makes.
  final class Scratch: Sendable {
    private let scratch: ScratchFolder
    var folder: URL { scratch.url }

    init() throws { scratch = try ScratchFolder() }

    /// - Parameter relabel: What becomes of an example's label.
    func suite(relabel: (_ index: Int, _ label: String) -> String = { $1 }) throws -> DealtSuite {
      let parts = [
        "weather": (
          [
            "rain", "snow", "sunshine", "fog", "a storm", "hail", "wind", "frost", "drizzle",
            "heat",
          ],
          ["tomorrow in", "all week over", "expected near", "tonight across", "this weekend in"]
        ),
        "cooking": (
          [
            "bread", "soup", "rice", "pancakes", "a stew", "pasta", "a cake", "dumplings", "curry",
            "salad",
          ],
          ["how long to bake", "recipe for", "what goes well with", "how to season", "leftover"]
        ),
      ]
      let places = ["Oslo", "Lima", "Kyoto", "Perth", "Cork", "Graz", "Turin", "Quito"]
      var examples: [String: [Example]] = ["weather": [], "cooking": []]
      var index = 0
      for (label, (things, frames)) in parts.sorted(by: { $0.key < $1.key }) {
        for thing in things {
          for frame in frames {
            for place in places {
              let input = "\(frame) \(thing) \(place)"
              let name = relabel(index, label)
              examples[name, default: []].append(Example(input: input, expected: name))
              index += 1
            }
          }
        }
      }
      let behaviors = examples.map { label, examples in
        Behavior(
          name: label, requires: "It is about \(label).", target: 0.85, examples: examples,
          location: SourceLocation(file: "behaviors/\(label).yaml", line: 1, column: 1))
      }
      let lock = try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock)
      return try deal(
        Suite(
          folder: folder, tuning: TuningSettings(ladder: [.head]),
          behaviors: behaviors.sorted { $0.name < $1.name }), lock: lock
      ).0
    }

    func run(
      _ suite: DealtSuite, threads: Int, start: Start = .lastCertified
    ) async throws -> TuningRun.Result {
      let embedded = Mutex(0)
      let trainer = try EmbeddedTrainer(suite: suite.suite, threads: threads) { progress in
        embedded.withLock { $0 = max($0, progress.done) }
      }
      let lock = try SuiteLock.read(from: SuiteWorkspace(folder: folder).lock)
      let (dealt, dealtLock) = try deal(suite.suite, lock: lock)
      let result = try await TuningRun(
        suite: dealt, trainer: trainer, archive: try archive,
        options: TuningRun.Options(start: start, now: { Date(timeIntervalSince1970: 0) })
      ).run(lock: dealtLock) { _ in }
      lastEmbedded.withLock { $0 = embedded.withLock { $0 } }
      return result
    }

    var archive: RunStore {
      get throws { try RunStore(SuiteWorkspace(folder: folder).runs) }
    }

    /// Texts that the last run had to compute.
    let lastEmbedded = Mutex(0)
  }

  @Test("Same events and byte-identical heads: 1 or 2 threads, cold or warm cache")
  func reproducible() async throws {
    let (one, two) = (try Scratch(), try Scratch())
    let first = try await one.run(one.suite(), threads: 1)
    guard case .satisfied(let checkpoint) = first.summary.outcome else {
      Issue.record("expected satisfied, not \(String(describing: first.summary.outcome))")
      return
    }
    #expect(one.lastEmbedded.withLock { $0 } > 700)
    let cold = try await two.run(two.suite(), threads: 2)
    let warm = try await two.run(two.suite(), threads: 1, start: .base)
    #expect(two.lastEmbedded.withLock { $0 } == 0, "the second run computes no embedding")
    #expect(try one.archive.lines(of: first.number) == two.archive.lines(of: cold.number))
    // The base is what is certified here, which the first event of the second run says.
    #expect(
      try two.archive.lines(of: cold.number).dropFirst()
        == two.archive.lines(of: warm.number).dropFirst())
    func head(_ scratch: Scratch) throws -> Data {
      try Data(
        contentsOf: SuiteWorkspace(folder: scratch.folder).checkpoints
          .appendingPathComponent(checkpoint.id).appendingPathComponent("head.safetensors"))
    }
    #expect(try head(one) == head(two))
  }

  @Test("A cache with a torn or damaged end is cut and computed again, to the same bits")
  func damagedCache() async throws {
    let scratch = try Scratch()
    let first = try await scratch.run(scratch.suite(), threads: 2)
    let caches = SuiteWorkspace(folder: scratch.folder).caches
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: caches.path).first {
        $0.hasPrefix("embeddings-")
      })
    let file = caches.appendingPathComponent(name)
    let whole = try Data(contentsOf: file)
    var damaged = whole.prefix(whole.count / 2 + 7)
    damaged[damaged.count - 3000] ^= 1
    try damaged.write(to: file)
    let second = try await scratch.run(scratch.suite(), threads: 2, start: .base)
    #expect(scratch.lastEmbedded.withLock { $0 } > 300)
    #expect(first.summary.champion == second.summary.champion)
    #expect(first.summary.attempts == second.summary.attempts)
    #expect(try Data(contentsOf: file).count == whole.count)

    // Caches of encoders that nobody asked for in a long time make room; nothing else does.
    for age in 1...9 {
      let old = caches.appendingPathComponent("embeddings-old\(age).bin")
      try Data("old".utf8).write(to: old)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: Double(-1000 * age))], ofItemAtPath: old.path
      )
    }
    try Data("else".utf8).write(to: caches.appendingPathComponent("other"))
    _ = try await scratch.run(scratch.suite(), threads: 2, start: .base)
    let left = try FileManager.default.contentsOfDirectory(atPath: caches.path)
    #expect(left.contains(name) && left.contains("other"))
    #expect(
      left.filter { $0.hasPrefix("embeddings-old") }.sorted()
        == (1...5).map { "embeddings-old\($0).bin" })
  }

  @Test("Labels shuffled at random are never certified", arguments: 1...5)
  func shuffledLabels(seed: Int) async throws {
    let scratch = try Scratch()
    var generator = SeededGenerator(seed: UInt64(seed))
    let labels = (0..<800).map { _ in generator.nextUniform() < 0.5 ? "weather" : "cooking" }
    let suite = try scratch.suite { index, _ in labels[index] }
    let result = try await scratch.run(suite, threads: 2)
    #expect(result.certificate == nil)
    guard case .unsatisfied(_, _, let violated) = result.summary.outcome else {
      Issue.record("random labels were certified")
      return
    }
    #expect(!violated.isEmpty)
  }

  @Test("A checkpoint that was changed on disk is refused")
  func changedCheckpoint() async throws {
    let scratch = try Scratch()
    let result = try await scratch.run(scratch.suite(), threads: 2)
    let id = try #require(result.summary.champion?.checkpoint.id)
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let file = workspace.checkpoints.appendingPathComponent("\(id)/head.safetensors")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count - 5] ^= 0x10
    try bytes.write(to: file)
    #expect(throws: EmbeddedModelError.checkpointChanged(id: id, path: file.path)) {
      _ = try EmbeddedClassifier(
        checkpoint: id, base: "minilm", workspace: workspace, threads: 1)
    }
  }

  @Test("A damaged checkpoint is made again, and what dead processes left aside goes")
  func damagedCheckpoint() async throws {
    let scratch = try Scratch()
    let first = try await scratch.run(scratch.suite(), threads: 2)
    let id = try #require(first.summary.champion?.checkpoint.id)
    let checkpoints = SuiteWorkspace(folder: scratch.folder).checkpoints
    let file = checkpoints.appendingPathComponent("\(id)/head.safetensors")
    let whole = try Data(contentsOf: file)
    let facts = checkpoints.appendingPathComponent("\(id)/checkpoint.json")
    for damage in [
      { try Data().write(to: file) }, { try FileManager.default.removeItem(at: facts) },
    ] {
      try damage()
      // No process has the highest number there is.
      let abandoned = checkpoints.appendingPathComponent("aside-\(Int32.max)")
      try FileManager.default.createDirectory(at: abandoned, withIntermediateDirectories: true)
      let second = try await scratch.run(scratch.suite(), threads: 2)
      #expect(second.summary.champion == first.summary.champion)
      #expect(second.summary.attempts == first.summary.attempts)
      #expect(try Data(contentsOf: file) == whole)
      #expect(FileManager.default.fileExists(atPath: facts.path))
      let names = try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
      #expect(!names.contains { $0.hasPrefix("aside-") })
    }
  }

  @Test("A suite with one label is refused: a constant answer would be certified")
  func oneLabel() throws {
    let scratch = try Scratch()
    let suite = try scratch.suite { _, _ in "weather" }.suite
    #expect(throws: EmbeddedModelError.oneLabel("weather")) {
      _ = try EmbeddedTrainer(suite: suite, threads: 1) { _ in }
    }
  }

  @Test("Embedding stops within a chunk of texts when it is cancelled")
  func cancelled() async throws {
    let scratch = try Scratch()
    let done = Mutex(0)
    let running = Mutex<Task<Void, any Error>?>(nil)
    // Cancelled by what it reports itself: however busy the machine is, that comes in time.
    let trainer = try EmbeddedTrainer(suite: scratch.suite().suite, threads: 2) { progress in
      done.withLock { $0 = progress.done }
      running.withLock { $0?.cancel() }
    }
    let long = String(repeating: "all the rain of this week fell on one day ", count: 60)
    let task = Task {
      try await trainer.prepare(for: (0..<400).map { Prompt("\($0) \(long)") })
    }
    running.withLock { $0 = task }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(done.withLock { $0 } < 400)
  }

  @Test("A base model that is not there is named, with what to do")
  func missingBase() throws {
    let folder = URL(fileURLWithPath: "/nonexistent")
    #expect(
      throws: EmbeddedModelError.baseMissing(name: "minilm", path: "/nonexistent/minilm")
    ) {
      _ = try BaseModel.folder(
        of: "minilm", suite: folder, environment: ["HONE_MODELS": "/nonexistent"])
    }
    #expect(throws: EmbeddedModelError.unknownBase(name: "maxilm", known: ["minilm"])) {
      _ = try BaseModel.folder(
        of: "maxilm", suite: folder, environment: ["HONE_MODELS": "/nonexistent"])
    }
  }

  @Test("A base is a name of the store before it is a path; with a slash it is a path")
  func resolvedBase() throws {
    let scratch = try ScratchFolder()
    let root = scratch.url
    let suite = root.appendingPathComponent("suite", isDirectory: true)
    for path in ["store/both", "store/stored", "suite/both", "suite/own", "suite/minilm"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    let environment = ["HONE_MODELS": root.appendingPathComponent("store").path]
    for (base, place) in [
      ("both", "store/both"), ("./both", "suite/both"), ("stored", "store/stored"),
      ("own", "suite/own"), ("../suite/own", "suite/own"), ("./minilm", "suite/minilm"),
    ] {
      let folder = try BaseModel.folder(of: base, suite: suite, environment: environment)
      #expect(folder.path == root.appendingPathComponent(place).path, "\(base)")
    }
    for base in ["minilm", "../store/nothing", "nothing"] {
      #expect(throws: EmbeddedModelError.self) {
        _ = try BaseModel.folder(of: base, suite: suite, environment: environment)
      }
    }
  }
}
