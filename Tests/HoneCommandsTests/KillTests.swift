import Foundation
import RunStorage
import TestSupport
import Testing
import Tuning

/// What is left when a run is killed, a hundred times over.
@Suite("Killed runs", .serialized)
struct KillTests {
  /// A suite whose texts are embedded already, so that a run is short and every moment of it counts.
  private static func prepared() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(try tool.run("train", "suite", "--no-attempt", "--rounds", "0", "--quiet").status == 3)
    try reset(tool)
    return tool
  }

  /// Takes away all that a run leaves but the embeddings.
  private static func reset(_ tool: Tool) throws {
    let hidden = tool.url("suite/.hone")
    for name in try FileManager.default.contentsOfDirectory(atPath: hidden.path)
    where name != "cache" {
      try FileManager.default.removeItem(at: hidden.appendingPathComponent(name))
    }
    for name in ["hone.lock", "certificate.json"] {
      try? FileManager.default.removeItem(at: tool.url("suite/\(name)"))
    }
  }

  /// What must come out the same: the ledger with the baseline, the certificate but for its date, and
  /// the weights of every checkpoint.
  private static func outcome(_ tool: Tool) throws -> [String: Data] {
    var files = ["hone.lock": try Data(contentsOf: tool.url("suite/hone.lock"))]
    let certificate = try tool.text("suite/certificate.json").split(separator: "\n")
      .filter { !$0.contains("\"issued\"") }.joined(separator: "\n")
    files["certificate.json"] = Data(certificate.utf8)
    let checkpoints = tool.url("suite/.hone/checkpoints")
    for id in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path)
    where !id.hasPrefix("aside-") {
      files[id] = try Data(
        contentsOf: checkpoints.appendingPathComponent("\(id)/head.safetensors"))
    }
    return files
  }

  @Test("A hundred kills at random moments: the same checkpoint, certificate and ledger each time")
  func hundredKills() async throws {
    let tool = try Self.prepared()
    let began = ContinuousClock.now
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    let duration = (ContinuousClock.now - began) / .seconds(1)
    let expected = try Self.outcome(tool)
    #expect(expected.count >= 3)

    // A generator of its own, so that the moments are the same in every run of the test.
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    var killed = 0
    var interrupted = 0
    while killed < 100 {
      try Self.reset(tool)
      // Up to three kills on the way to one end.
      for _ in 0..<(1 + Int(uniform() * 3)) where killed < 100 {
        let process = try tool.start("train", "suite")
        let archive = tool.url("suite/.hone/runs.sqlite")
        if uniform() < 0.3 {
          // Anywhere, loading the model included.
          Tool.pause(seconds: uniform() * duration)
        } else {
          // Within the run, which is short beside all that comes before.
          let known = (try? RunStore(reading: archive)?.runs().count) ?? 0
          _ = Tool.watch(process) {
            known > 0 || FileManager.default.fileExists(atPath: archive.path)
          }
          Tool.pause(seconds: (known > 0 ? duration * 0.7 : 0) + uniform() * 0.25)
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        killed += 1
        if let store = try RunStore(reading: archive) {
          #expect(try store.problems().isEmpty)
          interrupted += try store.runs().count { !$0.isClosed }
        }
      }
      #expect(try tool.run("train", "suite", "--quiet").status == 0)
      #expect(try Self.outcome(tool) == expected)
    }
    #expect(interrupted > 10, "some kills must hit a run at work")
  }

  @Test("A run that was killed is gone on with, not begun anew")
  func resumes() async throws {
    let tool = try Self.prepared()
    let archive = tool.url("suite/.hone/runs.sqlite")
    var found = false
    for _ in 0..<40 where !found {
      try Self.reset(tool)
      let process = try tool.start("train", "suite")
      // Killed as soon as it has measured the base.
      found = Tool.watch(process) {
        guard let store = try? RunStore(reading: archive), let events = try? store.events(of: 1)
        else { return false }
        return events.count >= 2
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if let store = try RunStore(reading: archive), try store.runs().first?.isClosed == true {
        found = false
      }
    }
    #expect(found)
    let store = try #require(try RunStore(reading: archive))
    let before = try store.lines(of: 1)
    let output = try tool.run("train", "suite")
    #expect(output.status == 0)
    #expect(output.text.contains("going on with an interrupted run: "))
    #expect(try store.runs().map(\.number) == [1])
    #expect(try store.lines(of: 1).prefix(before.count) == before[...])
    #expect(try store.lines(of: 1).count > before.count)
  }

  @Test(
    "A full disk is a clear error, and the run goes on as if nothing had been once there is room",
    .enabled(if: SmallDisk.isPossible))
  func fullDisk() throws {
    let tool = try Self.prepared()
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    let expected = try Self.outcome(tool)
    try Self.reset(tool)

    let disk = try SmallDisk(at: tool.url("small"), kibibytes: 400)
    var refusals = 0
    var size = 400
    #expect(
      try tool.run(
        "init", "small/suite", "--from", "messages.csv", "--input", "text", "--expected", "label"
      ).status == 0)
    while true {
      let output = try tool.run("train", "small/suite", "--quiet")
      if output.status == 0 { break }
      #expect(output.status == 1)
      let last = output.errors.split(separator: "\n").last { $0.hasPrefix("Error: ") } ?? ""
      #expect(last.contains("full") || last.contains("space"), "\(output.errors)")
      refusals += 1
      size = size * 5 / 4
      guard size < 100_000 else {
        Issue.record("never enough room")
        return
      }
      try disk.grow(to: size)
    }
    #expect(refusals > 3)
    let moved = try Tool()
    try FileManager.default.copyItem(at: tool.url("small/suite"), to: moved.url("suite"))
    let outcome = try Self.outcome(moved)
    // The suite's folder is another one, which nothing hangs on.
    #expect(outcome == expected)
  }
}

/// A file system in memory that is soon full; it needs the rights to mount one.
private final class SmallDisk {
  private let folder: URL

  static let isPossible: Bool = {
    guard let scratch = try? ScratchFolder() else { return false }
    return withExtendedLifetime(scratch) {
      (try? SmallDisk(at: scratch.place("disk"), kibibytes: 64)) != nil
    }
  }()

  init(at folder: URL, kibibytes: Int) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.call("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.path)
  }

  func grow(to kibibytes: Int) throws {
    try Self.call("mount", "-o", "remount,size=\(kibibytes)k", folder.path)
  }

  deinit {
    try? Self.call("umount", "-l", folder.path)
  }

  private struct Refused: Error {}

  private static func call(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused() }
  }
}
