import Foundation
import Testing

@Suite("Help and bad arguments")
struct HelpTests {
  @Test(
    "Help",
    arguments: [
      "", "init", "check", "plan", "train", "predict", "test", "verify", "history",
      "report", "compare", "bisect", "dashboard", "reveal-sealed", "simulate", "models",
      "models list", "models add", "models remove",
    ])
  func help(command: String) throws {
    let tool = try Tool()
    let words = command.split(separator: " ").map(String.init)
    let output = try tool.run(arguments: words + ["--help"])
    #expect(output.status == 0)
    #expect(output.errors == "")
    try expectSnapshot(output.text, (["help"] + words).joined(separator: "-"))
  }

  @Test(
    "Bad arguments end in 64",
    arguments: [
      ["train", "--rounds", "-1"], ["train", "--threads", "0"], ["train", "--budget", "soon"],
      ["train", "--seeds", "1"], ["train", "--seeds", "3", "--from", "base"],
      ["history", "--run", "x"],
      ["compare", "base"], ["bisect"], ["bisect", "a", "--alpha", "2"],
      ["predict", "--threads", "none"],
      ["predict", "--file", "a.txt", "text"], ["tune"], ["check", "--jsn"], ["check", "a", "b"],
      ["simulate", "--runs", "0"], ["simulate", "--redraw", "2"], ["simulate", "--sealed", "frsh"],
      ["test", "--margin", "1"], ["test", "--alpha", "0.6"], ["test", "--undecided", "maybe"],
      ["test", "--json", "--format", "junit"], ["test", "--certify", "--update-baseline"],
      ["test", "--on", "a.csv", "--certify"], ["test", "--input", "text"], ["models", "add"],
      ["models", "remove"], ["dashboard", "--port", "65536"], ["dashboard", "--host", ""],
      ["models", "ad", "x"],
    ])
  func badArguments(arguments: [String]) throws {
    let tool = try Tool()
    let output = try tool.run(arguments: arguments)
    #expect(output.status == 64)
    #expect(output.text == "")
    #expect(output.errors.hasPrefix("Error: "))
  }

  @Test(
    "Output that cannot be written is a failure, and says so",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [["--help"], ["plan", "suite"], ["check", "suite", "--json"]])
  func lostOutput(arguments: [String]) throws {
    let tool = try Tool()
    _ = try tool.run("init", "suite")
    let output = try tool.run(arguments: arguments, outputFile: "/dev/full")
    #expect(output.status == 1)
    #expect(
      output.errors == "Error: standard output cannot be written (No space left on device), so "
        + "some of it is missing.\n")
  }

  @Test(
    "A folder that is no suite is one clear error", arguments: ["check", "plan", "train", "test"])
  func noSuite(command: String) throws {
    let tool = try Tool(files: ["empty/readme.txt": ""])
    for folder in ["empty", "missing"] {
      let output = try tool.run(command, folder)
      #expect(output.status == 1)
      #expect(output.text == "")
      try expectSnapshot(output.errors, "no-suite-\(folder)")
    }
  }
}
