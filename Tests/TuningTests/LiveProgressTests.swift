import Foundation
import Suites
import Synchronization
import Testing
import Tuning

/// `.hone/progress.json`: there while a run works, and never afterwards.
@Suite("What a run is doing, on disk")
struct LiveProgressTests {
  /// Calls back before each tuning and each reply; fails or stops where that does.
  private struct WatchedTrainer: Trainer {
    let inner = TuningRunTests.learns
    let monitor: RunMonitor
    let onPrepare: @Sendable () async throws -> Void
    let onTune: @Sendable (TuningPlan) async throws -> Void

    var identity: ModelIdentity { inner.identity }
    var engine: String { inner.engine }

    func prepare(for prompts: [Prompt]) async throws {
      monitor.note(WorkProgress(activity: "embedding", unit: "texts", done: 10, total: 40))
      try await onPrepare()
    }
    func base() async throws -> Checkpoint { try await inner.base() }
    func checkpoint(named id: String) throws -> Checkpoint? { try inner.checkpoint(named: id) }
    func tune(
      _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
    ) async throws -> TunedCheckpoint {
      monitor.note(WorkProgress(activity: "tuning", unit: "batches", done: 3, total: 8))
      try await onTune(plan)
      return try await inner.tune(champion, plan: plan, examples: examples)
    }
    func model(at checkpoint: Checkpoint) async throws -> any Model {
      try await inner.model(at: checkpoint)
    }
  }

  private struct Failing: Error {}

  /// Waits until the file says something that fits; the writer needs a moment for it.
  private static func wait(
    _ workspace: SuiteWorkspace, until fits: (LiveProgress) -> Bool
  ) async throws -> LiveProgress {
    for _ in 0..<5000 {
      if let live = workspace.liveProgress(), fits(live) { return live }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw Failing()
  }

  private static func files(_ workspace: SuiteWorkspace) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.hidden.path)
      .filter { $0.hasPrefix("progress") }
  }

  @Test("It tells of the work at hand, and is gone at the end")
  func tells() async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let seen = Mutex<[LiveProgress]>([])
    let monitor = RunMonitor()
    let trainer = WatchedTrainer(monitor: monitor) {
      let live = try await Self.wait(workspace) { $0.activity == "embedding" }
      seen.withLock { $0.append(live) }
    } onTune: { plan in
      let live = try await Self.wait(workspace) { $0.round == plan.round && $0.done == 3 }
      seen.withLock { $0.append(live) }
    }
    #expect(workspace.liveProgress() == nil)
    let result = try await scratch.run(trainer: trainer, monitor: monitor)
    #expect(workspace.liveProgress() == nil)
    #expect(try Self.files(workspace).isEmpty)
    #expect(monitor.progress() == nil)

    let (preparing, tuning) = seen.withLock { ($0[0], $0[1]) }
    #expect(preparing.process == ProcessInfo.processInfo.processIdentifier)
    #expect(preparing.run == nil && preparing.round == 0 && preparing.rung == nil)
    #expect(preparing.unit == "texts" && preparing.done == 10 && preparing.total == 40)
    #expect(tuning.run == result.number)
    #expect(tuning.round == 1 && tuning.rounds == 4 && tuning.rung == .head)
    #expect(tuning.activity == "tuning" && tuning.measurement == nil)
    #expect(tuning.budgetSecondsLeft == nil)
  }

  @Test("A run that fails or is stopped takes it away too", arguments: [true, false])
  func fails(isStopped: Bool) async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let monitor = RunMonitor()
    let trainer = WatchedTrainer(monitor: monitor) {
    } onTune: { _ in
      _ = try await Self.wait(workspace) { $0.round == 1 }
      if isStopped { throw CancellationError() }
      throw Failing()
    }
    await #expect(throws: (any Error).self) {
      _ = try await scratch.run(trainer: trainer, monitor: monitor)
    }
    #expect(try Self.files(workspace).isEmpty)
    #expect(workspace.liveProgress() == nil)
  }

  @Test("What a killed run left is nobody's progress, and goes with the next hold")
  func stale() async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    let monitor = RunMonitor()
    let left = Mutex(Data())
    let trainer = WatchedTrainer(monitor: monitor) {
    } onTune: { _ in
      _ = try await Self.wait(workspace) { $0.round == 1 }
      try left.withLock { $0 = try Data(contentsOf: workspace.progress) }
    }
    _ = try await scratch.run(trainer: trainer, monitor: monitor)
    try left.withLock { try $0.write(to: workspace.progress) }
    #expect(!workspace.isHeld)
    #expect(workspace.liveProgress() == nil)
    let hold = try workspace.hold()
    #expect(workspace.isHeld)
    #expect(workspace.liveProgress() == nil)
    #expect(try Self.files(workspace).isEmpty)
    withExtendedLifetime(hold) {}
  }

  @Test("Where it cannot be written the run goes on")
  func unwritable() async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    // A folder stands in its place.
    try FileManager.default.createDirectory(
      at: workspace.progress.appendingPathComponent("inside"), withIntermediateDirectories: true)
    let result = try await scratch.run(trainer: TuningRunTests.learns)
    guard case .satisfied = result.summary.outcome else {
      Issue.record("expected satisfied")
      return
    }
    #expect(workspace.liveProgress() == nil)
  }

  @Test("To ask whether a suite is held keeps nobody from taking it")
  func asking() async throws {
    let scratch = try TuningRunTests.Scratch()
    let workspace = SuiteWorkspace(folder: scratch.folder)
    #expect(!workspace.isHeld, "there is no .hone yet")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          _ = workspace.isHeld
          await Task.yield()
        }
      }
      for _ in 0..<2000 {
        let hold = try workspace.hold()
        #expect(workspace.isHeld)
        withExtendedLifetime(hold) {}
      }
      group.cancelAll()
    }
    #expect(!workspace.isHeld)
  }
}
