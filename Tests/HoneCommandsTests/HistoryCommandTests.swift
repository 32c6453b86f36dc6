import Foundation
import Testing

/// `hone history`, `compare` and `bisect` over a line of champions that real runs made.
@Suite("history, compare, bisect", .serialized)
struct HistoryCommandTests {
  /// A suite to which behaviors are added one after the other, each by a run that goes on from the
  /// champion before. Before the third run somebody labels recipes and leftovers as weather, and
  /// finds out after the fourth.
  private struct BrokenLine {
    let tool: Tool
    /// The champion of each run, the oldest first.
    var champions: [String] = []

    static let labels = ["weather", "cooking", "music", "travel", "money"]

    init() throws {
      tool = try Tool(files: ["suite/hone.yaml": Self.settings])
      for label in Self.labels.prefix(2) { try add(label) }
      try train()
      try add("music")
      try train()
      try write("cooking", Self.texts("cooking").filter { !Self.isMislabelled($0) })
      try write(
        "weather", Self.texts("weather") + Self.texts("cooking").filter(Self.isMislabelled))
      try add("travel")
      try train()
      try add("money")
      try train()
      for label in Self.labels.prefix(2) { try write(label, Self.texts(label)) }
    }

    private static let settings = """
      hone: 1
      model: { base: minilm, task: classify }
      tuning: { ladder: [head], budget: { rounds: 1 }, seed: 7 }
      population: made-up messages
      claims: { target: 0.6 }

      """

    private func add(_ label: String) throws {
      try tool.write(
        "requires: It is about \(label).\nexpect: \(label)\nexamples: \(label).jsonl\n",
        to: "suite/behaviors/\(label).yaml")
      try write(label, Self.texts(label))
    }

    private func write(_ label: String, _ texts: [String]) throws {
      try tool.write(
        texts.map { "{\"input\": \"\($0)\"}\n" }.joined(), to: "suite/behaviors/\(label).jsonl")
    }

    private mutating func train() throws {
      let start = champions.last ?? "base"
      let output = try tool.run(
        "train", "suite", "--no-attempt", "--from", start, "--json")
      let report =
        try JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any]
      champions.append(try #require(report?["checkpoint"] as? String, "\(output.errors)"))
    }

    /// 200 texts about each.
    static func texts(_ label: String) -> [String] {
      let sample = SampleTexts.rows.filter { $0.label == label }.map(\.text)
      if !sample.isEmpty { return Array(sample.prefix(200)) }
      return Array(
        SampleTexts.rows.filter { $0.label == "cooking" }.map { row in
          row.text.split(separator: " ").map { words[label]?[String($0)] ?? String($0) }
            .joined(separator: " ")
        }.prefix(200))
    }

    /// What makes a text about cooking one about something else.
    private static let words = [
      "music": swap("sonatas violins waltzes drums melodies choirs jazz pianos opera lyrics"),
      "travel": swap(
        "tickets airports passports luggage hotels ferries visas maps cruises hostels"),
      "money": swap("loans taxes pensions savings invoices mortgages shares rent fees salaries"),
    ]

    private static func swap(_ things: String) -> [String: String] {
      let dishes = "bread soup rice pancakes stew pasta cake dumplings curry salad"
      let pairs = zip(dishes.split(separator: " "), things.split(separator: " "))
      var words = ["bake": "find", "recipe": "news", "season": "choose", "leftover": "last"]
      for (dish, thing) in pairs { words[String(dish)] = String(thing) }
      return words
    }

    static func isMislabelled(_ text: String) -> Bool {
      text.hasPrefix("recipe") || text.hasPrefix("leftover")
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  @Test("A line of four runs: told, compared, and the round that broke a behavior is named")
  func line() throws {
    let line = try BrokenLine()
    #expect(Set(line.champions).count == 4, "each run has a champion of its own")
    try bisect(line)
    try bisectErrors(line)
    try history(line)
    try compare(line)
    try compareErrors(line)
  }

  private func bisect(_ line: BrokenLine) throws {
    let champions = line.champions
    let found = try line.tool.run("bisect", "cooking", "suite")
    #expect(found.status == 0)
    #expect(
      found.text.contains(
        "\nBroke at \(champions[2]) (run 3, round 1): \(champions[1]) (run 2, round 1) is the last "
          + "that holds.\n"), "\(found.text)\(found.errors)")
    let report = try object(try line.tool.run("bisect", "cooking", "suite", "--json").text)
    #expect(report["isShown"] as? Bool == true)
    let ends = try ["good", "lastGood", "firstBad", "bad"].map {
      try #require((report[$0] as? [String: Any])?["checkpoint"] as? String)
    }
    #expect(ends.suffix(3) == [champions[1], champions[2], champions[3]])
    let losses = try #require(report["losses"] as? [[String: Any]])
    #expect(losses.count > 5)
    #expect(losses.allSatisfy { BrokenLine.isMislabelled($0["text"] as? String ?? "") })

    // Between ends that are named, too; beginnings of ids will do.
    let named = try line.tool.run(
      "bisect", "cooking", "suite", "--good", String(champions[0].prefix(8)), "--bad",
      champions[2])
    #expect(named.status == 0)
    #expect(named.text.contains("Broke at \(champions[2]) (run 3, round 1)"))
    #expect(named.text.hasSuffix("replies for 1 champion between the ends.\n"))
    // What did not break is not blamed.
    let whole = try line.tool.run(
      "bisect", "music", "suite", "--good", champions[1], "--bad", champions[3])
    #expect(whole.status == 3)
    #expect(!whole.text.contains("Broke at"))
  }

  private func bisectErrors(_ line: BrokenLine) throws {
    let champions = line.champions
    let unknown = try line.tool.run("bisect", "coking", "suite")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("there is no behavior 'coking'. Did you mean 'cooking'?"))
    let apart = try line.tool.run(
      "bisect", "cooking", "suite", "--good", champions[3], "--bad", champions[1])
    #expect(apart.status == 1)
    #expect(
      apart.errors.contains(
        "\(champions[3]) is not among the champions that led to \(champions[1])."))
    #expect(try line.tool.run("bisect", "cooking", "suite", "--good", "0000").status == 1)
    #expect(try line.tool.run("bisect", "cooking", "suite", "--alpha", "0.7").status == 64)
    #expect(try line.tool.run("bisect").status == 64)
  }

  private func history(_ line: BrokenLine) throws {
    let report = try object(try line.tool.run("history", "suite", "--json").text)
    let runs = try #require(report["runs"] as? [[String: Any]])
    #expect(runs.map { $0["number"] as? Int } == [1, 2, 3, 4])
    for (run, champion) in zip(runs, line.champions) {
      let steps = try #require(run["steps"] as? [[String: Any]])
      // The untuned base tells two topics apart already: the first run has nothing to do.
      let decisions = steps.map { $0["decision"] as? String }
      #expect(decisions == (run["number"] as? Int == 1 ? ["start"] : ["start", "accepted"]))
      #expect(steps.last?["checkpoint"] as? String == champion)
    }
    let starts = runs.dropFirst().compactMap {
      ($0["steps"] as? [[String: Any]])?.first?["checkpoint"] as? String
    }
    #expect(starts == Array(line.champions.dropLast()))

    let text = try line.tool.run("history", "suite")
    #expect(text.status == 0 && text.errors == "")
    for champion in line.champions { #expect(text.text.contains(champion)) }
    let third = try object(try line.tool.run("history", "suite", "--run", "3", "--json").text)
    #expect((third["runs"] as? [[String: Any]])?.map { $0["number"] as? Int } == [3])
    let told = try line.tool.run("history", "suite", "--run", "3")
    #expect(told.text.contains(line.champions[2]) && !told.text.contains(line.champions[3]))

    let events = try line.tool.run("history", "suite", "--events", "2").text
      .split(separator: "\n").map { try object(String($0)) }
    #expect(events.map { $0["sequence"] as? Int } == Array(1...events.count))
    #expect(events.first?["event"] as? String == "started")
    let none = try line.tool.run("history", "suite", "--run", "9")
    #expect(none.status == 1)
    #expect(none.errors.contains("there is no run 9; the newest is 4."))
    #expect(try line.tool.run("history", "suite", "--events", "0").status == 1)
  }

  private func compare(_ line: BrokenLine) throws {
    let champions = line.champions
    let worse = try line.tool.run(
      "compare", champions[1], "champion", "suite", "--junit", "out.xml", "--json")
    #expect(worse.status == 2)
    let report = try object(worse.text)
    #expect(report["verdict"] as? String == "regressed")
    let behaviors = try #require(report["behaviors"] as? [[String: Any]])
    #expect(behaviors.map { $0["behavior"] as? String } == BrokenLine.labels.sorted())
    #expect(behaviors[0]["verdict"] as? String == "regressed")
    #expect(try line.tool.text("out.xml").contains("<failure message=\"regressed"))

    // The other way round it is no regression; beside itself nothing is.
    let better = try line.tool.run("compare", "champion", champions[1], "suite", "--json")
    let verdicts = try #require(try object(better.text)["behaviors"] as? [[String: Any]])
    #expect(verdicts[0]["verdict"] as? String == "pass")
    let same = try line.tool.run("compare", "champion", champions[3], "suite")
    #expect(same.status == 0)
    #expect(same.text.hasSuffix("No regression: 5 behaviors pass.\n"))
    #expect(same.errors == "")
    let markdown = try line.tool.run(
      "compare", "champion", "champion", "suite", "--format", "markdown")
    #expect(markdown.status == 0 && markdown.text.hasPrefix("### "))
  }

  private func compareErrors(_ line: BrokenLine) throws {
    let unknown = try line.tool.run("compare", "base", "0000", "suite")
    #expect(unknown.status == 1)
    #expect(
      unknown.errors.contains("there is no checkpoint '0000' in this suite's .hone/checkpoints."))
    let hostile = try line.tool.run("compare", "base", "\u{1b}[31mred", "suite")
    #expect(hostile.status == 1 && !hostile.errors.contains("\u{1b}"))
    let certified = try line.tool.run("compare", "certified", "champion", "suite")
    #expect(certified.status == 1)
    #expect(certified.errors.contains("nothing is certified here."))
    #expect(try line.tool.run("compare", "base", "champion", "suite", "--margin", "1").status == 64)
    #expect(try line.tool.run("compare", "base").status == 64)
    // Two that begin alike.
    let folder = line.tool.url("suite/.hone/checkpoints")
    for name in ["abcd000000000001", "abcd000000000002"] {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(line.champions[0]),
        to: folder.appendingPathComponent(name))
    }
    let ambiguous = try line.tool.run("compare", "abcd", "champion", "suite")
    #expect(ambiguous.status == 1)
    #expect(
      ambiguous.errors.contains(
        "'abcd' begins more than one checkpoint: abcd000000000001, abcd000000000002. Write one more"
      ))
  }

  @Test("Where there was no run, each says so")
  func noRuns() throws {
    let tool = try Tool(files: ["messages.csv": SampleTexts.csv(SampleTexts.rows.prefix(200))])
    _ = try tool.run(
      "init", "suite", "--from", "messages.csv", "--input", "text", "--expected", "label")
    for command in [
      ["history", "suite"], ["history", "suite", "--json"], ["bisect", "weather", "suite"],
      ["compare", "base", "champion", "suite"],
    ] {
      let output = try tool.run(arguments: command)
      #expect(output.status == 1 && output.text == "")
      #expect(output.errors.contains("there are no runs here. `hone train` makes one."))
    }
    #expect(try tool.run("history", "nowhere").status == 1)
  }
}
