import Foundation
import RunStorage
import Suites
import Synchronization
import Testing
import Tuning

/// The look at `train` and `dev` that follows a run's end.
@Suite("Runs that are studied")
struct StudiedRunTests {
  /// Learns as a script says; studied, it notes what was there by then.
  private struct StudyingTrainer: Trainer {
    let script = TuningRunTests.learns
    /// Called with what it may look at.
    let onStudy: @Sendable (Checkpoint, StudyExamples) throws -> Void

    var identity: ModelIdentity { script.identity }
    var engine: String { script.engine }

    func prepare(for prompts: [Prompt]) async throws { try await script.prepare(for: prompts) }
    func base() async throws -> Checkpoint { try await script.base() }
    func checkpoint(named id: String) throws -> Checkpoint? { try script.checkpoint(named: id) }
    func tune(
      _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
    ) async throws -> TunedCheckpoint {
      try await script.tune(champion, plan: plan, examples: examples)
    }
    func model(at checkpoint: Checkpoint) async throws -> any Model {
      try await script.model(at: checkpoint)
    }

    func study(
      _ champion: Checkpoint, l2: Double?, suite: DealtSuite
    ) async throws -> StudyMaterial? {
      let examples = StudyExamples(suite)
      try onStudy(champion, examples)
      let labels = suite.suite.labels.sorted()
      func right(_ example: Example) -> [Double] {
        labels.map { $0 == example.expected.named ? 0.9 : 0.1 }
      }
      return StudyMaterial(
        examples: examples, labels: labels,
        embeddings: examples.all.flatMap { right($0).map(Float.init) }, columns: labels.count,
        heldOut: examples.train.map(right), champion: examples.dev.map(right), refits: [],
        noCurve: "a script learns nothing", nearPairs: [])
    }
  }

  private struct Stopped: Error {}

  @Test(
    "A certified run is studied too, once its certificate is on disk, and by dev and train alone")
  func certified() async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let plain = try await scratch.run(trainer: TuningRunTests.learns)
    let before = try Data(contentsOf: workspace.certificate)
    let lock = try Data(contentsOf: workspace.lock)

    let seen = Mutex<Set<String>>([])
    let other = try TuningRunTests.Scratch()
    let files = SuiteWorkspace(folder: other.folder)
    let trainer = StudyingTrainer { champion, examples in
      #expect(champion.id == "version-1")
      #expect(FileManager.default.fileExists(atPath: files.certificate.path))
      seen.withLock { $0.formUnion(examples.all.map(\.id)) }
    }
    let result = try await other.run(trainer: trainer)
    #expect(result.summary.outcome == plain.summary.outcome)
    #expect(result.summary.study?.noCurve == "a script learns nothing")
    // What it leaves is what a run leaves that is not studied.
    #expect(try Data(contentsOf: files.certificate) == before)
    #expect(try Data(contentsOf: files.lock) == lock)
    let lines = try other.archive.lines(of: 1)
    #expect(try lines.dropLast() == scratch.archive.lines(of: 1)[...])
    #expect(lines.last?.contains(#""event":"studied""#) == true)

    let (suite, _) = try other.deal()
    let open = suite.suite.behaviors.flatMap { behavior in
      [Role.train, .dev].flatMap { suite.examples(of: behavior, in: $0).map(\.id) }
    }
    #expect(seen.withLock { $0 } == Set(open))
  }

  @Test(
    "Stopped in its study, a certified run keeps its certificate and ends as if it had not been")
  func stopped() async throws {
    let whole = try TuningRunTests.Scratch()
    _ = try await whole.run(trainer: StudyingTrainer { _, _ in })
    let scratch = try TuningRunTests.Scratch()
    await #expect(throws: Stopped.self) {
      _ = try await scratch.run(trainer: StudyingTrainer { _, _ in throw Stopped() })
    }
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let certificate = try Data(contentsOf: workspace.certificate)
    #expect(try scratch.archive.runs().map(\.isClosed) == [false])
    let result = try await scratch.run(trainer: StudyingTrainer { _, _ in })
    #expect(result.number == 1 && result.summary.study != nil)
    #expect(try Data(contentsOf: workspace.certificate) == certificate)
    #expect(try scratch.archive.lines(of: 1) == whole.archive.lines(of: 1))
    #expect(try scratch.ledger == whole.ledger)
  }

  @Test("The same champion looks at the same suite once, at others anew")
  func onceEach() async throws {
    let scratch = try TuningRunTests.Scratch()
    let studied = Mutex(0)
    let trainer = StudyingTrainer { _, _ in studied.withLock { $0 += 1 } }
    let first = try await scratch.run(trainer: trainer)
    let again = try await scratch.run(trainer: trainer)
    #expect(again.summary.rounds.isEmpty && again.summary.study == first.summary.study)
    #expect(studied.withLock { $0 } == 1)
    // A place that moved is one to look at elsewhere.
    let (suite, _) = try scratch.deal()
    let place = try #require(
      suite.suite.behaviors[0].examples.firstIndex { suite.roles[$0.cluster] == .train })
    scratch.behaviors[0].examples[place].locations = [
      SourceLocation(file: "left.jsonl", line: 9)
    ]
    _ = try await scratch.run(trainer: trainer)
    #expect(studied.withLock { $0 } == 2)
    scratch.behaviors[0].requires = "It is left, or nearly so."
    _ = try await scratch.run(trainer: trainer)
    #expect(studied.withLock { $0 } == 3)
  }

  @Test("Whoever does not want it has no study, and the same run")
  func without() async throws {
    let scratch = try TuningRunTests.Scratch()
    let (suite, lock) = try scratch.deal()
    let result = try await TuningRun(
      suite: suite, trainer: StudyingTrainer { _, _ in throw Stopped() },
      archive: try scratch.archive, options: TuningRun.Options(studies: false)
    ).run(lock: lock) { _ in }
    #expect(result.certificate != nil && result.summary.study == nil)
  }
}
