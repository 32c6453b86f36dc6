import Foundation
import Testing

@Suite("train and predict", .serialized)
struct TrainCommandTests {
  /// A suite of 800 easy texts.
  private func trainable() throws -> Tool {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows)])
    let made = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    #expect(made.status == 0)
    return tool
  }

  /// The bytes of the embeddings that are kept so far; 0 before there is a cache.
  private func cacheSize(_ tool: Tool) throws -> Int {
    let folder = tool.url("suite/.hone/cache")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.filter { $0.hasPrefix("embeddings-") }.reduce(0) { sum, name in
      let path = folder.appendingPathComponent(name).path
      return sum + (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
    }
  }

  private func certificate(_ tool: Tool) throws -> [String: Any] {
    let data = try Data(contentsOf: tool.url("suite/certificate.json"))
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["issued"] = nil
    return object
  }

  @Test("From a CSV to a certificate and to answers")
  func wholeWay() throws {
    let tool = try trainable()
    let train = try tool.run("train", "suite")
    #expect(train.status == 0)
    #expect(train.text.contains("Certified after"))
    #expect(train.errors.contains("embedding 802/802 texts"))
    let certificate = try certificate(tool)
    #expect(certificate["confidence"] as? Double == 0.95)
    let model = try #require(certificate["model"] as? [String: Any])
    let checkpoint = try #require(model["checkpoint"] as? String)

    let asked = try tool.run(
      "predict", "--suite", "suite", "Will it snow on Sunday?", "stir the soup")
    #expect(asked.status == 0)
    #expect(asked.errors == "")
    let lines = asked.text.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(lines.map(\.first) == ["weather", "cooking"])
    #expect(lines.map(\.last) == ["Will it snow on Sunday?", "stir the soup"])

    // The same run again: nothing is computed, nothing is charged, nothing changes.
    let lock = try tool.text("suite/hone.lock")
    let again = try tool.run("train", "suite", "--json")
    #expect(again.status == 0)
    #expect(again.errors == "")
    let report = try JSONSerialization.jsonObject(with: Data(again.text.utf8)) as? [String: Any]
    #expect(report?["outcome"] as? String == "satisfied")
    #expect(report?["checkpoint"] as? String == checkpoint)
    #expect(try tool.text("suite/hone.lock") == lock)
    // It was looked at all the same, and says nothing of that where nothing is to be said.
    #expect((report?["study"] as? [String: Any])?["suspectedLabels"] as? [String] == [])
    #expect((report?["remedies"] as? [Any])?.isEmpty == true)
    #expect(!train.text.contains("to look at"))
    let unseen = try tool.run("train", "suite", "--json", "--no-study")
    let short = try JSONSerialization.jsonObject(with: Data(unseen.text.utf8)) as? [String: Any]
    #expect(short?["outcome"] as? String == "satisfied")
    #expect(short?["study"] == nil)
  }

  @Test(
    "A certified run with labels that look wrong says how many, in a line; its report shows them")
  func suspectsOfCertified() throws {
    let rows = SampleTexts.rows.enumerated().map { index, row in
      let other = row.label == "weather" ? "cooking" : "weather"
      return SampleTexts.Row(text: row.text, label: index % 80 == 3 ? other : row.label)
    }
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let train = try tool.run("train", "suite")
    #expect(train.status == 0, "\(train.text)")
    let line = /\n(\d+) labels? in train and dev to look at: `hone report` shows (them|it)\.\n/
    let count = try #require(train.text.firstMatch(of: line).flatMap { Int($0.output.1) })
    #expect((1...20).contains(count))
    #expect(!train.text.contains("Labels to look at") && !train.text.contains("stands in the way"))
    _ = try tool.run("report", "suite")
    let page = try tool.text("suite/.hone/report-1.html")
    #expect(page.contains("seem to be labelled wrong, or are hard"))
    #expect(page.contains("when the run had ended, its certificate included"))
    #expect(page.contains("What more train examples would do, all behaviors together"))
  }

  @Test("Without a certificate: what helps most, and labels to look at by file and line")
  func diagnosis() throws {
    // Every seventh text has the other label.
    let rows = SampleTexts.rows.enumerated().map { index, row in
      let other = row.label == "weather" ? "cooking" : "weather"
      return SampleTexts.Row(text: row.text, label: index % 7 == 3 ? other : row.label)
    }
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let train = try tool.run("train", "suite", "--no-attempt", "--rounds", "1", "--json")
    #expect(train.status != 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(train.text.utf8)) as? [String: Any])
    let remedies = try #require(report["remedies"] as? [[String: Any]])
    #expect((1...2).contains(remedies.count))
    #expect(remedies.first?["kind"] as? String == "fixLabels")
    let study = try #require(report["study"] as? [String: Any])
    let suspects = try #require(study["suspectedLabels"] as? [[String: Any]])
    let wrong = suspects.count { suspect in
      let place = suspect["place"] as? [String: Any]
      return rows.contains { $0.text == place?["input"] as? String && $0.label != truth($0) }
    }
    #expect(suspects.count > 20 && wrong * 10 >= suspects.count * 8)
    let text = try tool.run("train", "suite", "--no-attempt", "--rounds", "1", "--quiet").text
    #expect(text.contains("Likeliest to help:\n 1. Look at "))
    #expect(text.contains("Labels to look at: \(suspects.count) of "))
    #expect(text.firstMatch(of: /behaviors\/[a-z]+\.[a-z]+:\d+ `(weather|cooking)`, rather/) != nil)
  }

  /// What a text is about, whatever its row says.
  private func truth(_ row: SampleTexts.Row) -> String {
    SampleTexts.rows.first { $0.text == row.text }?.label ?? ""
  }

  @Test("A certificate of another content of the suite, or one that cannot be read, is named")
  func staleCertificate() throws {
    let tool = try trainable()
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    let settings = try tool.text("suite/hone.yaml")
    try tool.write(settings + "population: questions\n", to: "suite/hone.yaml")
    let stale = try tool.run("predict", "--suite", "suite", "snow")
    #expect(stale.status == 0)
    #expect(stale.errors.hasPrefix("note: certificate.json was issued for another content"))

    let train = try tool.run("train", "suite", "--no-attempt", "--rounds", "0")
    #expect(train.status != 0)
    #expect(
      train.text.hasSuffix(
        "FOLDER/suite/certificate.json is of an earlier run; it still stands for what it says.\n"))

    try tool.write("{", to: "suite/certificate.json")
    let broken = try tool.run("predict", "--suite", "suite", "snow")
    #expect(broken.status == 0)
    #expect(broken.errors.hasPrefix("note: certificate.json cannot be read; restore it from git"))
    #expect(!broken.errors.contains("nothing is certified"))
    try FileManager.default.removeItem(at: tool.url("suite/.hone/runs.sqlite"))
    let nothing = try tool.run("predict", "--suite", "suite", "snow")
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("suite/certificate.json: cannot be read, and no run has left"))
  }

  @Test("Texts come from a file or a pipe, and answers are harmless at a terminal")
  func pipes() throws {
    let tool = try trainable()
    let nothing = try tool.run("predict", "--suite", "suite", "hello")
    #expect(nothing.status == 1)
    try expectSnapshot(nothing.errors, "predict-untrained")
    _ = try tool.run("train", "suite", "--quiet", "--no-attempt", "--rounds", "1")

    let hostile = "\u{1B}[31mrain\u{7} in \u{202E}Oslo"
    let piped = try tool.run(
      "predict", "--suite", "suite", "--json", input: "snow in Lima\n\n\(hostile)\nbake a cake")
    #expect(piped.status == 0)
    #expect(piped.errors.contains("nothing is certified here"))
    let labels = try piped.text.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["label"]
        as? String
    }
    #expect(labels.count == 4, "one answer per line, the empty one too")
    #expect([labels[0], labels[2], labels[3]] == ["weather", "weather", "cooking"])

    try tool.write("\(hostile)\r\nrecipe for rice\n", to: "texts.txt")
    let filed = try tool.run("predict", "--suite", "suite", "--file", "texts.txt")
    #expect(filed.text.split(separator: "\n").count == 2)
    #expect(!filed.text.contains("\u{1B}"))
    #expect(!filed.text.contains("\u{202E}"))
    #expect(filed.text.contains("\\u{1b}[31mrain"))

    let missing = try tool.run("predict", "--suite", "suite", "--file", "no.txt")
    #expect(missing.status == 1)
    try expectSnapshot(missing.errors.replacing(#/note:.*\n/#, with: ""), "predict-no-file")

    for folder in [
      try tool.run("predict", "--suite", "suite", "--file", "suite"),
      try tool.run(arguments: ["predict", "--suite", "suite"], inputFile: "suite"),
    ] {
      #expect(folder.status == 1)
      #expect(folder.errors.contains(": cannot be read (Is a directory). Name a text file"))
    }
  }

  @Test(
    "The lines before one that is no text are answered",
    arguments: [
      (0xFF, 1, "line 4: not UTF-8."), (0x61, 1 << 21, "line 4: longer than"),
    ] as [(UInt8, Int, String)])
  func badLine(byte: UInt8, count: Int, error: String) throws {
    let tool = try trainable()
    _ = try tool.run("train", "suite", "--quiet", "--no-attempt", "--rounds", "0")
    let bad = Data(repeating: byte, count: count)
    let text = Data("snow\n\nrain\n".utf8) + bad + Data("\nbread\n".utf8)
    try text.write(to: tool.url("texts.txt"))
    let output = try tool.run("predict", "--suite", "suite", "--file", "texts.txt")
    #expect(output.status == 1)
    #expect(output.errors.contains("Error: " + error))
    #expect(output.text.split(separator: "\n").count == 3)
  }

  @Test("A plan that cannot succeed ends in 3 before anything is spent")
  func infeasible() throws {
    let tool = try Tool()
    _ = try tool.run("init", "suite")
    let output = try tool.run("train", "suite")
    #expect(output.status == 3)
    #expect(output.text.contains("Nothing was tried: this plan cannot succeed."))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/certificate.json").path))
  }

  @Test("Labels that mean nothing end in 2: below the target, and named")
  func meaningless() throws {
    let rows = SampleTexts.rows.enumerated().map { index, row in
      SampleTexts.Row(text: row.text, label: index % 7 < 3 ? "weather" : "cooking")
    }
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(rows)])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    let output = try tool.run("train", "suite")
    #expect(output.status == 2)
    #expect(output.text.contains("below its target"))
    #expect(!FileManager.default.fileExists(atPath: tool.url("suite/certificate.json").path))
  }

  @Test(
    "Ctrl-C ends with 130, however early, and the next run goes on",
    arguments: [1, 200_000])
  func interrupted(cachedBytes: Int) throws {
    let tool = try trainable()
    let process = try tool.start("train", "suite", errorFile: "errors.txt")
    // The cache appears when the model is loaded, and grows to 1.2 MB while texts are embedded.
    try #require(try Tool.watch(process) { try cacheSize(tool) >= cachedBytes })
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    let errors = try tool.text("errors.txt")
    #expect(errors.ranges(of: "stopping …\n").count == 1)
    #expect(errors.contains("\nStopped. Nothing is lost: run the same command again"))
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
  }

  @Test("Killed at any moment, the next run ends as if nothing had been")
  func killed() throws {
    let undisturbed = try trainable()
    #expect(try undisturbed.run("train", "suite", "--quiet").status == 0)
    let expected = try certificate(undisturbed)

    let tool = try trainable()
    for milliseconds in [40, 150, 400, 800, 1300, 1900, 2600] {
      let process = try tool.start("train", "suite")
      Tool.pause(seconds: Double(milliseconds) / 1000)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      // Whatever is there is whole.
      #expect(try tool.run("check", "suite").status == 0)
      if FileManager.default.fileExists(atPath: tool.url("suite/certificate.json").path) {
        _ = try certificate(tool)
      }
    }
    #expect(try tool.run("train", "suite", "--quiet").status == 0)
    #expect(try NSDictionary(dictionary: certificate(tool)) == NSDictionary(dictionary: expected))
    let locks = try [tool, undisturbed].map { try $0.text("suite/hone.lock") }
    #expect(locks[0] == locks[1])
  }
}
