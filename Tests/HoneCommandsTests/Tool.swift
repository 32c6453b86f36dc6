import Foundation
import TestSupport
import Testing

/// The tool as people run it: the built binary, in a scratch folder that goes away with the value.
final class Tool: Sendable {
  private let scratch: ScratchFolder
  var folder: URL { scratch.url }

  /// What a command printed, and how it ended.
  struct Output {
    var status: Int32
    var text: String
    var errors: String
  }

  init(files: [String: String] = [:]) throws { scratch = try ScratchFolder(files: files) }

  func url(_ path: String) -> URL { scratch.place(path) }

  func write(_ text: String, to path: String) throws { try scratch.write(text, to: path) }

  func text(_ path: String) throws -> String { try scratch.text(path) }

  /// Runs `hone` with `arguments` in the scratch folder and waits for its end.
  ///
  /// - Parameters:
  ///   - input: What stands on standard input.
  ///   - inputFile: A file or folder that standard input is instead, within the scratch folder.
  ///   - outputFile: Where standard output goes instead, such as `/dev/full`.
  ///   - environment: Set on top of the test's own.
  func run(
    arguments: [String], input: String = "", inputFile: String? = nil,
    outputFile: String? = nil, environment: [String: String] = [:]
  ) throws -> Output {
    let process = self.process(arguments, environment: environment)
    // Files rather than pipes: nothing blocks however much is printed.
    let names = ["in", "out", "err"].map { url(".\($0)-\(UUID().uuidString)") }
    defer { for name in names { try? FileManager.default.removeItem(at: name) } }
    try Data(input.utf8).write(to: names[0])
    for name in names.dropFirst() { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: inputFile.map(url) ?? names[0])
    process.standardOutput = try FileHandle(
      forWritingTo: outputFile.map { URL(fileURLWithPath: $0) } ?? names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    func read(_ url: URL) throws -> String {
      String(decoding: try Data(contentsOf: url), as: UTF8.self)
        .replacing(folder.path, with: "FOLDER")
    }
    return Output(
      status: process.terminationStatus, text: try read(names[1]), errors: try read(names[2]))
  }

  /// Runs `hone` as `run(arguments:)` does.
  func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> Output {
    try run(arguments: arguments, input: input, environment: environment)
  }

  /// Starts `hone` without waiting; what it prints is thrown away.
  ///
  /// - Parameter errorFile: Where standard error goes instead, within the scratch folder.
  func start(_ arguments: String..., errorFile: String? = nil) throws -> Process {
    let process = self.process(arguments, environment: [:])
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    if let errorFile {
      try write("", to: errorFile)
      process.standardError = try FileHandle(forWritingTo: url(errorFile))
    }
    try process.run()
    return process
  }

  /// Looks every millisecond until `found` holds; false if the process ended before.
  ///
  /// It holds on to its thread, as ``pause(seconds:)`` does: a task that sleeps wakes late where
  /// other tests keep all threads busy, and then the moment is over.
  static func watch(_ process: Process, until found: () throws -> Bool) rethrows -> Bool {
    while process.isRunning {
      if try found() { return true }
      usleep(1000)
    }
    return false
  }

  static func pause(seconds: Double) { usleep(UInt32(seconds * 1e6)) }

  func process(_ arguments: [String], environment: [String: String]) -> Process {
    let process = Process()
    process.executableURL = Self.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LC_ALL": "C.UTF-8", "COLUMNS": "100", "CI": ""]) { $1 }
      .merging(environment) { $1 }
    return process
  }

  /// `hone` beside the test bundle, where the package manager puts both.
  private static let binary = URL(fileURLWithPath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("hone")
}

/// Compares a text with `Tests/Fixtures/commands/<name>.txt`, whole.
///
/// With `HONE_RECORD=1` in the environment the file is written anew; review the difference.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/commands/\(name).txt")
  if ProcessInfo.processInfo.environment["HONE_RECORD"] == "1" {
    try Data(text.utf8).write(to: file)
  }
  let recorded = try String(contentsOf: file, encoding: .utf8)
  #expect(text == recorded, "differs from \(name).txt", sourceLocation: sourceLocation)
}
