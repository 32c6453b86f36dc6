import Mustache
import Reports
import Suites
import Tuning

/// The examples that may be looked at, beside what a checkpoint answered: searched, and page by page.
struct ExamplesPage {
  /// The oldest first.
  var runs: [FoldedRun]
  var texts: SuiteTexts
  var query: Query
  /// The suite's folder, as a command would name it.
  var folder: String

  static let rowsOfPage = 50

  func html(_ layout: Layout) -> String {
    layout.page(
      title: "Examples", body: layout.templates.examples.render(values), current: "/examples")
  }

  // MARK: - What is shown

  private struct Option {
    var value: String
    var label: String
    var isChosen: Bool
  }

  private struct Row {
    var status: String
    var key: String
    var behavior: String
    var id: String
    var expected: String
    var reply: String?
    var noReply: Bool
    var sure: String?
    var text: String?
    var cut: String?
    var place: String?
  }

  private struct Values {
    var hasProblems: Bool
    var problems: [String]
    var hasRuns: Bool
    var folder: String
    var runs: [Option] = []
    var checkpoints: [Option] = []
    var behaviors: [Option] = []
    var shows: [Option] = []
    var q = ""
    var count = ""
    var notes: [String] = []
    var rows: [Row] = []
    var hasPages = false
    var page = 1
    var pages = 1
    var previous: String?
    var next: String?
  }

  /// What the choice "show" offers.
  private static let shows: [(value: String, label: String, role: Role, ExampleRows.Status?)] = [
    ("dev", "dev, all", .dev, nil), ("failed", "dev, failed", .dev, .failed),
    ("passed", "dev, passed", .dev, .passed), ("train", "train", .train, nil),
  ]

  private var values: Values {
    var values = Values(
      hasProblems: !texts.problems.isEmpty, problems: Array(texts.problems.prefix(20)),
      hasRuns: !runs.isEmpty, folder: folder)
    let asked = query["run"].flatMap { Int($0) }
    guard let run = runs.first(where: { $0.number == asked }) ?? runs.last else { return values }
    if let text = query["run"], run.number != asked {
      values.notes.append("There is no run '\(text.prefix(40))'; this is run \(run.number).")
    }
    let measured = MeasuredCheckpoint.all(in: run)
    let champion =
      measured.last { $0.id == run.summary.champion?.checkpoint.id } ?? measured.last
    let chosen = query["checkpoint"].map { name in measured.last { $0.id == name } } ?? champion
    let names =
      Set(texts.examples.all.map(\.behavior))
      .union(chosen?.measurement.behaviors.map(\.behavior) ?? []).sorted()
    let show = Self.shows.first { $0.value == query["show"] } ?? Self.shows[0]
    let q = query["q"].map { String($0.prefix(200)) }
    let found = ExampleRows(
      texts, chosen?.measurement,
      ExampleRows.Wish(
        role: show.role, behavior: query["behavior"], status: show.3, words: q?.lowercased())
    ).rows

    values.runs = runs.reversed().map {
      Option(
        value: "\($0.number)", label: "run \($0.number)", isChosen: $0.number == run.number)
    }
    values.checkpoints = measured.reversed().map {
      Option(value: $0.id, label: $0.label, isChosen: $0.id == chosen?.id)
    }
    values.behaviors =
      [Option(value: "", label: "all", isChosen: query["behavior"] == nil)]
      + names.map { Option(value: $0, label: $0, isChosen: $0 == query["behavior"]) }
    values.shows = Self.shows.map {
      Option(value: $0.value, label: $0.label, isChosen: $0.value == show.value)
    }
    values.q = q ?? ""
    values.count = Format.count(found.count, "example") + (q == nil ? "" : " found")
    values.notes += notes(chosen, names)
    page(found, run: run.number, into: &values)
    return values
  }

  private func page(_ found: [ExampleRows.Row], run: Int, into values: inout Values) {
    let pages = max(1, (found.count + Self.rowsOfPage - 1) / Self.rowsOfPage)
    let page = min(max(query["page"].flatMap { Int($0) } ?? 1, 1), pages)
    values.rows = found.dropFirst((page - 1) * Self.rowsOfPage).prefix(Self.rowsOfPage).map(row)
    (values.page, values.pages, values.hasPages) = (page, pages, pages > 1)
    func link(_ number: Int) -> String {
      var other = Query()
      for name in ["checkpoint", "behavior", "show", "q"] { other[name] = query[name] }
      other["run"] = "\(run)"
      other["page"] = "\(number)"
      return "/examples" + other.text
    }
    if page > 1 { values.previous = link(page - 1) }
    if page < pages { values.next = link(page + 1) }
  }

  private func row(_ row: ExampleRows.Row) -> Row {
    let key =
      switch row.status {
      case .failed: "violated"
      case .passed: "passed"
      case .notAsked, .notMeasured: "unknown"
      }
    let text = row.example?.text
    let isLong = text?.isLong ?? false
    return Row(
      status: row.status.rawValue, key: key, behavior: row.behavior,
      id: row.id, expected: row.expected.shortened, reply: row.reply?.shortened,
      noReply: row.status == .failed && row.reply == nil,
      sure: row.reply == nil ? nil : row.probability.map(Format.percent),
      text: text?.shortened,
      cut: isLong
        ? "The text has \(text?.unicodeScalars.count ?? 0) characters; these are the first "
          + "\(String.longestShown)." : nil, place: row.example?.place)
  }

  private func notes(_ chosen: MeasuredCheckpoint?, _ names: [String]) -> [String] {
    var notes: [String] = []
    if chosen == nil {
      notes.append(
        query["checkpoint"] == nil
          ? "Nothing is measured yet in this run."
          : "This run measured no such checkpoint; choose one of its own.")
    }
    if let behavior = query["behavior"], !names.contains(behavior) {
      notes.append("There is no behavior '\(behavior.prefix(80))'.")
    }
    if let suite = texts.suite?.suite.contentHash, let then = chosen?.suite, suite != then {
      notes.append(
        "The suite has changed since this run: what is shown as passed is what did not fail then, "
          + "and new examples were not asked at all.")
    }
    return notes
  }
}
