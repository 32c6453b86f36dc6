public import Suites
import Tuning

/// One example of `dev` that the champion was asked.
public struct ExampleRow: Sendable, Encodable {
  public var example: String
  public var behavior: String
  /// Nil where the suite does not have it any more.
  public var input: String?
  /// Unicode scalars of the input, where it is cut here.
  public var inputLength: Int?
  public var expected: Expectation
  /// The champion's reply; nil where nothing usable came, and where it passes and the run did not note
  /// which of several labels it was.
  public var reply: String?
  /// The probability that it gave that reply; nil where the run did not note it.
  public var probability: Double?
  public var state: State
  public var location: SourceLocation?
  /// Its place among the `failureGroups` of its behavior; nil where it is in none.
  public var group: Int?
  /// The event that its reply comes from.
  public var event: Int

  public enum State: String, Sendable, Encodable, CaseIterable {
    /// Fails, as it did where the run began.
    case fails
    /// Fails, and passed before.
    case lost
    /// Passes, and failed where the run began.
    case gained
    /// Passes, as it did where the run began.
    case passes
  }

  /// Unicode scalars of an input that are kept: a page is no place for a megabyte.
  static let longest = 2000

  /// - Parameter groups: Of failures, as a study found them.
  static func all(
    _ fold: RunFold, texts: ExampleTexts, groups: [FailureGroup]
  ) -> [ExampleRow] {
    guard let champion = fold.champion, let start = fold.start else { return [] }
    let groups = Dictionary(grouping: groups, by: \.behavior)
    var rows: [ExampleRow] = []
    for measured in champion.measurement.behaviors {
      let places = (groups[measured.behavior] ?? []).enumerated().flatMap { place, group in
        (group.examples ?? []).map { ($0, place) }
      }
      let group = Dictionary(places) { first, _ in first }
      let before = start.measurement[behavior: measured.behavior]
      let failedBefore = Set((before?.failures ?? []).map(\.example))
      let failsNow = Set(measured.failures.map(\.example))
      for failure in measured.failures {
        let isNew = before != nil && !failedBefore.contains(failure.example)
        var row = ExampleRow(
          failure, of: measured.behavior, state: isNew ? .lost : .fails, event: champion.event,
          texts: texts)
        row.group = group[failure.example]
        rows.append(row)
      }
      let passes = texts.passes(of: measured)
      let replies = Dictionary(passes.map { ($0.example, $0) }) { first, _ in first }
      for failure in before?.failures ?? [] where !failsNow.contains(failure.example) {
        rows.append(
          ExampleRow(
            replies[failure.example], failure.example, expected: failure.expected,
            of: measured.behavior, state: .gained, event: champion.event, texts: texts))
      }
      for pass in passes where !failedBefore.contains(pass.example) {
        guard let known = texts.examples[pass.example] else { continue }
        rows.append(
          ExampleRow(
            pass, pass.example, expected: known.expected, of: measured.behavior, state: .passes,
            event: champion.event, texts: texts))
      }
    }
    // The surest mistakes first: they say most; of what passes the least sure.
    let open = rows.filter { !texts.sealed.contains($0.example) }
    return open.map { (key: $0.order, row: $0) }.sorted { $0.key < $1.key }.map(\.row)
  }

  private var order: (Int, Double, String, String) {
    let probability = probability ?? 0
    return (state.order, state.passes ? probability : -probability, behavior, example)
  }

  /// A failure.
  init(
    _ failure: Failure, of behavior: String, state: State, event: Int, texts: ExampleTexts
  ) {
    example = failure.example
    self.behavior = behavior
    expected = failure.expected
    self.state = state
    self.event = event
    reply = failure.reply
    probability = failure.probability
    show(texts)
  }

  /// - Parameter pass: Nil where the run did not note it.
  private init(
    _ pass: ExampleTexts.Passed?, _ example: String, expected: Expectation, of behavior: String,
    state: State, event: Int, texts: ExampleTexts
  ) {
    self.example = example
    self.behavior = behavior
    self.expected = expected
    self.state = state
    self.event = event
    reply = pass?.reply ?? expected.label
    probability = pass?.probability
    show(texts)
  }

  private mutating func show(_ texts: ExampleTexts) {
    let known = texts.examples[example]
    location = known?.locations.first
    guard let text = known?.input else { return }
    input = text
    // No text has more scalars than bytes.
    guard text.utf8.count > Self.longest else { return }
    let scalars = text.unicodeScalars
    input = String(String.UnicodeScalarView(scalars.prefix(Self.longest)))
    if scalars.count > Self.longest { inputLength = scalars.count }
  }
}

extension ExampleRow.State {
  fileprivate var order: Int {
    switch self {
    case .fails, .lost: 0
    case .gained: 1
    case .passes: 2
    }
  }

  var passes: Bool { self == .gained || self == .passes }
}
