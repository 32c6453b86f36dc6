import Foundation
import HoneCommands
import Testing

@Suite("Folders as a shell takes them")
struct FolderArgumentTests {
  static let here = "/home/ada/suites"

  @Test(
    "From where one is, the shortest that a shell takes as one word",
    arguments: [
      ("/home/ada/suites", nil), ("/home/ada/suites/", nil), ("/home/ada/suites/./x/..", nil),
      ("/home/ada/suites/router", "router"), ("/home/ada/suites/a/b-c_d.1", "a/b-c_d.1"),
      // What only begins like it lies elsewhere.
      ("/home/ada/suites-old", "/home/ada/suites-old"), ("/home/ada", "/home/ada"),
      ("/", "/"),
      // A dash would be an option, a tilde another home.
      ("/home/ada/suites/-x", "./-x"), ("/home/ada/suites/-x y", "'./-x y'"),
      ("/home/ada/suites/~bob", "'~bob'"),
      ("/home/ada/suites/two words", "'two words'"),
      ("/home/ada/suites/it's", #"'it'\''s'"#), ("/home/ada/suites/$(rm)", "'$(rm)'"),
      ("/home/ada/suites/a;b", "'a;b'"), ("/home/ada/suites/größe", "'größe'"),
    ] as [(String, String?)])
  func argument(path: String, expected: String?) {
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    #expect(FolderArgument.text(folder, from: Self.here) == expected)
  }

  @Test("Characters that command a terminal are seen, not sent")
  func hostile() throws {
    let folder = URL(fileURLWithPath: Self.here + "/a\u{1B}[31mb\u{202E}c", isDirectory: true)
    let text = try #require(FolderArgument.text(folder, from: Self.here))
    #expect(text.hasPrefix("'a") && text.hasSuffix("c'"))
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
  }

  @Test("A shell reads back what was written")
  func shell() throws {
    for name in ["plain", "two words", "it's", "$(touch x)", "a;b", "*", "\"q\"", "~"] {
      let folder = URL(fileURLWithPath: Self.here + "/" + name, isDirectory: true)
      let text = try #require(FolderArgument.text(folder, from: Self.here))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "printf '%s\\n' \(text)"]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = try #require(try output.fileHandleForReading.readToEnd())
      process.waitUntilExit()
      #expect(String(decoding: data, as: UTF8.self) == name + "\n")
    }
  }
}
