import Foundation
import GRDB
import RunStorage
import Suites
import TestSupport
import Testing
import Tuning

/// The archive on disk, in a folder that is removed afterwards.
@Suite("RunStore")
struct RunStoreTests {
  struct Scratch {
    private let folder: ScratchFolder
    var file: URL { folder.place("runs.sqlite") }

    init() throws { folder = try ScratchFolder() }
  }

  /// A whole run in small: two behaviors, one accepted candidate, one attempt that passes.
  static let story: [RunEvent] = {
    let base = Checkpoint(id: "b", rung: nil)
    let tuned = Checkpoint(id: "c", rung: .head)
    let claim = AttemptClaim(
      behavior: "refill", target: 0.9, units: 100, missing: 0, maximumFailures: 4, level: 0.03,
      index: 1)
    let failure = Failure(example: "e1", expected: "refill", reply: "other", probability: 0.75)
    func measured(_ checkpoint: Checkpoint, _ failures: [Failure]) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: [
            BehaviorMeasurement(behavior: "refill", trials: 20, failures: failures)
          ]))
    }
    let decision = Decision(
      round: 1, checkpoint: tuned, reason: .betterChance, championChance: 0.25,
      candidateChance: 0.75, flips: [Decision.Flips(behavior: "refill", gained: 1, lost: 0)])
    return [
      .started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: base, seed: 7,
          settings: LoopSettings(
            behaviors: [
              LoopBehavior(
                name: "refill", target: 0.9, hope: 0.97, trainUnits: 30, devUnits: 20,
                sealed: SealedPool(units: 100, budget: 0.05))
            ], confidence: 0.95), setAsideRows: 0, repeatedRows: 0, notes: [])),
      measured(base, [failure]),
      .proposed(TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "all alike")),
      .tuned(TunedCheckpoint(checkpoint: tuned, l2: 0.01, trainingLoss: 0.5, iterations: 3)),
      measured(tuned, []),
      .accepted(decision),
      .attemptBegun(AttemptRecord(number: 1, checkpoint: tuned, claims: [claim])),
      .attemptConcluded(passed: true),
      .finished(.satisfied(champion: tuned)),
    ]
  }()

  static let sealed = [
    SealedGrade(behavior: "refill", example: "s1", passed: true, margin: 0.1),
    SealedGrade(behavior: "refill", example: "s2", passed: false),
  ]

  @discardableResult
  static func write(
    _ events: [RunEvent], to store: RunStore, key: String = "k", closing: Bool = false
  ) throws -> any RunRecord {
    let record = try store.record(key: key) { _ in true }
    for (index, event) in events.enumerated().dropFirst(record.events.count) {
      var grades: [SealedGrade] = []
      if case .attemptConcluded = event { grades = sealed }
      try record.append(
        StampedEvent(
          sequence: index + 1, time: Date(timeIntervalSince1970: Double(index)), event: event),
        sealed: grades)
    }
    if closing { try record.close() }
    return record
  }

  @Test("What was appended is read back, by another handle too, while it is written")
  func readsBack() throws {
    let scratch = try Scratch()
    let store = try RunStore(scratch.file)
    let reader = try #require(try RunStore(reading: scratch.file))
    try Self.write(Array(Self.story.prefix(4)), to: store)
    #expect(try reader.events(of: 1).map(\.event) == Array(Self.story.prefix(4)))
    try Self.write(Self.story, to: store, closing: true)
    #expect(try reader.events(of: 1).map(\.event) == Self.story)
    #expect(try reader.runs() == [RunStore.Entry(number: 1, key: "k", isClosed: true)])
    #expect(try reader.lastChampion()?.id == "c")
    #expect(try store.problems().isEmpty)
  }

  @Test(
    "An unfinished run is gone on with; a closed one, or one that cannot be, is followed by a new one"
  )
  func resumes() throws {
    let scratch = try Scratch()
    let store = try RunStore(scratch.file)
    try Self.write(Array(Self.story.prefix(3)), to: store)
    let again = try store.record(key: "k") { events in events.count == 3 }
    #expect(again.number == 1)
    #expect(again.events.map(\.event) == Array(Self.story.prefix(3)))
    #expect(try store.record(key: "other") { _ in true }.number == 2)
    #expect(try store.record(key: "k") { _ in false }.number == 3)
    try Self.write(Self.story, to: store, closing: true)  // Goes on with run 3, the newest.
    #expect(try store.runs().map(\.isClosed) == [false, false, true])
  }

  @Test("The tables are folded from the events")
  func tables() throws {
    let scratch = try Scratch()
    let store = try RunStore(scratch.file)
    try Self.write(Self.story, to: store, closing: true)
    let database = try DatabaseQueue(path: scratch.file.path)
    func rows(_ sql: String) throws -> [[String]] {
      try database.read { database in
        try Row.fetchAll(database, sql: sql).map { row in
          row.databaseValues.map { $0.isNull ? "null" : "\($0.storage.value ?? "")" }
        }
      }
    }
    #expect(
      try rows("SELECT id, rung, run, round, parent FROM checkpoints ORDER BY id") == [
        ["b", "null", "1", "0", "null"], ["c", "head", "1", "1", "b"],
      ])
    #expect(try rows("SELECT number, checkpoint, outcome FROM rounds") == [["1", "c", "accepted"]])
    #expect(
      try rows("SELECT checkpoint, behavior, role, trials, passes FROM evidence ORDER BY sequence")
        == [["b", "refill", "dev", "20", "19"], ["c", "refill", "dev", "20", "20"]])
    #expect(
      try rows("SELECT example, expected, reply, probability FROM failures") == [
        ["e1", "refill", "other", "0.75"]
      ])
    #expect(try rows("SELECT number, checkpoint, outcome FROM attempts") == [["1", "c", "passed"]])
    #expect(
      try rows("SELECT behavior, units, maximum_failures, k FROM claims")
        == [["refill", "100", "4", "1"]])
    #expect(
      try rows("SELECT example, passed FROM sealed_grades ORDER BY example") == [
        ["s1", "1"], ["s2", "0"],
      ])
  }

  @Test("A verdict and its evidence are kept together or not at all")
  func oneTransaction() throws {
    let scratch = try Scratch()
    let store = try RunStore(scratch.file)
    let record = try Self.write(Array(Self.story.prefix(7)), to: store)
    // A grade of a behavior that the attempt claims nothing of breaks the transaction.
    let stray = SealedGrade(behavior: "nobody", example: "s3", passed: true)
    #expect(throws: RunError.self) {
      try record.append(
        StampedEvent(
          sequence: 8, time: Date(timeIntervalSince1970: 0), event: .attemptConcluded(passed: true)),
        sealed: Self.sealed + [stray])
    }
    #expect(try store.events(of: 1).count == 7)
    #expect(
      try DatabaseQueue(path: scratch.file.path).read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM sealed_grades")
      } == 0)
    // The record goes on from where it was.
    try Self.write(Self.story, to: store, closing: true)
    #expect(try store.events(of: 1).map(\.event) == Self.story)
  }

  @Test("A full disk is said, and the run goes on once there is room")
  func fullDisk() throws {
    let scratch = try Scratch()
    do {
      let store = try RunStore(scratch.file)
      try Self.write(Array(Self.story.prefix(2)), to: store)
    }
    let store = try RunStore(scratch.file)
    let record = try store.record(key: "k") { _ in true }
    try store.fillDisk()
    let long = TuningPlan(
      round: 1, rung: .head, l2: nil, focus: [:], reason: String(repeating: "long ", count: 5000))
    let event = StampedEvent(
      sequence: 3, time: Date(timeIntervalSince1970: 2), event: .proposed(long))
    #expect(
      throws: RunError.cannotWrite(path: scratch.file.path, reason: "the disk is full")
    ) { try record.append(event, sealed: []) }
    let roomy = try RunStore(scratch.file)
    #expect(try roomy.problems().isEmpty)
    #expect(try roomy.events(of: 1).count == 2)
    try roomy.record(key: "k") { _ in true }.append(event, sealed: [])
    #expect(try roomy.events(of: 1).last?.event == .proposed(long))
  }

  @Test("What is no archive, and one of a newer version, are refused and left alone")
  func refused() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let text = Data(String(repeating: "this is no database ", count: 100).utf8)
    try text.write(to: scratch.file)
    #expect(throws: RunError.self) { _ = try RunStore(scratch.file) }
    #expect(try Data(contentsOf: scratch.file) == text)

    let newer = try Scratch()
    do { _ = try RunStore(newer.file) }
    try DatabaseQueue(path: newer.file.path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')")
    }
    #expect(
      throws: RunError.brokenArchive(
        path: newer.file.path, reason: "it was written by a newer version of Hone")
    ) { _ = try RunStore(newer.file) }
    #expect(try RunStore(reading: Scratch().file) == nil)
  }

  /// With HONE_RECORD=1: the archive that `schema-<newest>.sql` is dumped from, by `sqlite3 .dump`.
  @Test(
    "An archive to keep as a fixture",
    .enabled(if: ProcessInfo.processInfo.environment["HONE_RECORD"] == "1"))
  func record() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("hone-archive.sqlite")
    try? FileManager.default.removeItem(at: file)
    let store = try RunStore(file)
    try Self.write(Self.story, to: store, closing: true)
    try store.keep(Self.onPurpose, of: Self.attempt(key: "t"))
    #expect(try store.runs().count == 1)
  }

  /// An attempt outside a run.
  static let onPurpose = KeptAttempt(
    checkpoint: "c", passed: true, claims: nil, grades: sealed)

  /// As the ledger has it.
  static func attempt(key: String, run: String = "test", number: Int = 1) -> Attempt {
    Attempt(number: number, checkpoint: "c", key: key, run: run, pools: [], outcome: .passed)
  }

  @Test("What an attempt saw is found by its run, its checkpoint or its key, and by no other")
  func evidence() throws {
    let scratch = try Scratch()
    let store = try RunStore(scratch.file)
    let record = try Self.write(Self.story, to: store, closing: true)
    #expect(try Set(record.sealedGrades(ofAttempt: 1)) == Set(Self.sealed))
    #expect(try record.sealedGrades(ofAttempt: 2).isEmpty)
    let kept = try store.kept(of: Self.attempt(key: "a", run: "k"))
    #expect(kept.map(\.checkpoint) == ["c"] && kept.map(\.passed) == [true])
    #expect(Set(kept[0].grades) == Set(Self.sealed))
    #expect(kept[0].claims?.map(\.behavior) == ["refill"])
    var other = Self.attempt(key: "a", number: 2)
    #expect(try store.kept(of: other).isEmpty)
    other = Self.attempt(key: "a")
    other.checkpoint = "d"
    #expect(try store.kept(of: other).isEmpty)

    try store.keep(Self.onPurpose, of: other)
    #expect(try store.kept(of: other) == [Self.onPurpose])
    // Once more, after it was cut off: in its place.
    var again = Self.onPurpose
    again.grades.removeLast()
    try store.keep(again, of: other)
    #expect(try store.kept(of: other) == [again])
  }

  @Test("An archive of every released schema opens, and tells what it told")
  func fixtures() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/archives")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".sql") }.sorted()
    #expect(names == ["schema-1.sql", "schema-2.sql"])
    for name in names {
      let scratch = try Scratch()
      try FileManager.default.createDirectory(
        at: scratch.file.deletingLastPathComponent(), withIntermediateDirectories: true)
      let dump = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      try DatabaseQueue(path: scratch.file.path).writeWithoutTransaction {
        try $0.execute(sql: dump)
      }
      let store = try RunStore(scratch.file)
      #expect(try store.events(of: 1).map(\.event) == Self.story)
      #expect(try store.problems().isEmpty)
      #expect(try store.runs() == [RunStore.Entry(number: 1, key: "k", isClosed: true)])
      let grades = try store.kept(of: Self.attempt(key: "t", run: "k")).map(\.grades)
      #expect(grades.allSatisfy { $0.map(\.passed) == [true, false] })
      #expect(grades.count == (name == "schema-1.sql" ? 1 : 2))
    }
  }
}
