import Foundation
import Testing

private let gitProgram = "/usr/bin/git"

/// Two branches that each made an attempt, merged by git itself.
@Suite("hone.lock after a merge", .serialized)
struct MergeConflictTests {
  private func git(_ arguments: String..., in tool: Tool) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: gitProgram)
    process.arguments =
      ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c"]
      + ["merge.conflictStyle=merge"] + arguments
    process.currentDirectoryURL = tool.url("suite")
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": tool.folder.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(
    "Each conflict is named with its line and what to do; a budget that was lost on the way, too",
    .enabled(if: FileManager.default.isExecutableFile(atPath: gitProgram)))
  func merge() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    _ = try tool.run("train", "suite", "--no-attempt", "--rounds", "1", "--quiet")
    let checkpoints = try FileManager.default.contentsOfDirectory(
      atPath: tool.url("suite/.hone/checkpoints").path
    ).filter { !$0.hasPrefix("aside-") }.sorted()
    #expect(checkpoints.count == 2)
    #expect(try git("init", "-q", "-b", "main", in: tool) == 0)
    func commit() throws {
      #expect(try git("add", "-A", in: tool) == 0)
      #expect(try git("commit", "-q", "-m", "as it is", in: tool) == 0)
    }
    try commit()
    var locks: [String] = []
    for (branch, checkpoint) in zip(["ours", "theirs"], checkpoints) {
      #expect(try git("checkout", "-q", "-b", branch, "main", in: tool) == 0)
      _ = try tool.run("test", "suite", "--certify", "--model", checkpoint)
      locks.append(try tool.text("suite/hone.lock"))
      #expect(locks.last?.contains("\n  attempts:\n") == true)
      try commit()
    }
    #expect(try git("checkout", "-q", "ours", in: tool) == 0)
    #expect(try git("merge", "theirs", in: tool) != 0)

    let merged = try tool.text("suite/hone.lock").split(
      separator: "\n", omittingEmptySubsequences: false)
    let places = merged.indices.filter { merged[$0].hasPrefix("<<<<<<< ") }.map { $0 + 1 }
    #expect(!places.isEmpty)
    for command in ["check", "plan", "train"] {
      let output = try tool.run(command, "suite")
      #expect(output.status == 1)
      for place in places {
        #expect(
          output.errors.contains("hone.lock:\(place):1: a conflict that git left here. In '"),
          "\(output.errors)")
      }
      #expect(output.errors.contains("In 'ledger', no attempt may get lost: keep one side, append"))
    }
    try resolve(tool, ours: locks[0], theirs: locks[1])
  }

  /// Keeps both attempts, forgets what the second has spent, is told so, and does as it is told.
  private func resolve(_ tool: Tool, ours: String, theirs: String) throws {
    func attempts(_ lock: String) throws -> Substring {
      let start = try #require(lock.range(of: "\n  attempts:\n")).upperBound
      let end = try #require(lock[start...].firstRange(of: /\n[a-z]+:/)).lowerBound
      return lock[start..<end]
    }
    let own = try attempts(ours)
    let added = try attempts(theirs).replacing("    - number: 1\n", with: "    - number: 2\n")
    try tool.write(ours.replacing(own, with: own + "\n" + added), to: "suite/hone.lock")
    let check = try tool.run("check", "suite")
    #expect(check.status == 1)
    let wanted = check.text.replacing(/\s+/, with: " ").matches(
      of: /pool (\d+), of '[a-z]+', says .*? Write 'spent: (\d+)' and 'share: ([0-9.e-]+)' there/)
    #expect(wanted.count == 2, "\(check.text)")

    var lines = try tool.text("suite/hone.lock").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    for advice in wanted {
      let place = try #require(lines.firstIndex(of: "    - id: \(advice.1)"))
      lines[place + 2] = "      share: \(advice.3)"
      lines[place + 3] = "      spent: \(advice.2)"
    }
    try tool.write(lines.joined(separator: "\n"), to: "suite/hone.lock")
    let mended = try tool.run("check", "suite")
    #expect(mended.status == 0, "\(mended.text)\(mended.errors)")
    // Nothing that was attempted is charged once more.
    let before = try tool.text("suite/hone.lock")
    _ = try tool.run("test", "suite", "--certify")
    let numbers = try tool.text("suite/hone.lock").matches(of: #/    - number: (\d+)/#).map(\.1)
    #expect(numbers.map(String.init) == ["1", "2"])
    #expect(before.contains("    - number: 2\n"))
  }
}
