import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `hone train` at a real terminal, of which this test is the other end.
@Suite("At a terminal", .serialized)
struct LiveTerminalTests {
  /// What a command wrote to its terminal.
  private struct Session {
    var bytes: String
    var status: Int32
    var screen: Screen
  }

  /// - Parameter mark: Once this is on the screen, Ctrl-C is sent.
  private static func session(
    _ tool: Tool, _ arguments: [String], columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:], interruptAt mark: String? = nil
  ) throws -> Session {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try #require(openpty(&master, &slave, nil, nil, &size) == 0)
    let process = tool.process(
      arguments, environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
    let end = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = end
    process.standardError = end
    try process.run()
    try end.close()
    var bytes: [UInt8] = []
    var isInterrupted = false
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
      if let mark, !isInterrupted, String(decoding: bytes, as: UTF8.self).contains(mark) {
        isInterrupted = true
        process.interrupt()
      }
    }
    close(master)
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    var screen = Screen(columns: columns, rows: rows)
    screen.write(text)
    return Session(bytes: text, status: process.terminationStatus, screen: screen)
  }

  private static func suite() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    return tool
  }

  private static let hide = "\u{1B}[?25l"
  private static let redrawn = "\u{1B}[?2026h"

  @Test("The block is there while the run works; what stays is what a pipe gets")
  func live() throws {
    let tool = try Self.suite()
    let session = try Self.session(tool, ["train", "suite"])
    #expect(session.status == 0)
    #expect(session.bytes.contains("embedding "))
    #expect(session.bytes.ranges(of: Self.redrawn).count > 3)
    #expect(session.bytes.contains("base · "))
    #expect(session.bytes.contains("http://127.0.0.1:8421/runs/1"))
    #expect(session.bytes.contains("left of the budget"))
    #expect(session.screen.isCursorShown && session.screen.wraps)
    #expect(session.screen.unknown.isEmpty)

    // Without its block and the address to watch at, the screen has what another suite of the same
    // content tells a pipe.
    let other = try Self.suite()
    let piped = try other.run("train", "suite", environment: ["COLUMNS": "80"])
    func unwrapped(_ text: String) -> String {
      text.replacing(other.folder.path, with: "FOLDER")
        .replacing(tool.folder.path, with: "FOLDER").filter { !$0.isWhitespace }
    }
    let stays = session.screen.all.filter { !$0.hasPrefix("watch it with ") }
    let told = unwrapped(stays.joined())
    let expected = unwrapped(piped.text)
    #expect(told.prefix(while: { $0 != "C" }) == expected.prefix(while: { $0 != "C" }))
    #expect(told.contains("Certifiedafter"))
    #expect(!told.contains("leftofthebudget"))
  }

  @Test("Ctrl-C takes the block away, and the cursor is there again")
  func interrupted() throws {
    let tool = try Self.suite()
    let session = try Self.session(tool, ["train", "suite"], interruptAt: "embedding ")
    #expect(session.status == 130)
    #expect(session.screen.isCursorShown && session.screen.wraps)
    let all = session.screen.all
    #expect(all.first == "stopping …")
    #expect(all.dropFirst().joined(separator: " ").hasPrefix("Stopped. Nothing is lost"))
    let left = try FileManager.default.contentsOfDirectory(atPath: tool.url("suite/.hone").path)
    #expect(!left.contains { $0.hasPrefix("progress") })
  }

  @Test(
    "Asked for plain lines, a terminal gets them",
    arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], [:]])
  func plain(environment: [String: String]) throws {
    let tool = try Self.suite()
    let arguments = ["train", "suite", "--no-attempt", "--rounds", "1"]
    let session = try Self.session(
      tool, arguments + (environment.isEmpty ? ["--quiet"] : []), environment: environment)
    #expect(!session.bytes.contains(Self.redrawn) && !session.bytes.contains(Self.hide))
    #expect(session.bytes.contains("embedding 802/802 texts") == !environment.isEmpty)
    #expect(session.bytes.contains("\u{1B}") == environment.isEmpty)
  }
}
