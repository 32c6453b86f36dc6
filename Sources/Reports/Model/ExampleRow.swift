public import Suites
import Tuning

/// One example of `dev` that fails, or that failed where the run began.
public struct ExampleRow: Sendable, Encodable {
  public var example: String
  public var behavior: String
  /// Nil where the suite does not have it any more.
  public var input: String?
  /// Unicode scalars of the input, where it is cut here.
  public var inputLength: Int?
  public var expected: Expectation
  /// The champion's reply; nil where it passes, or nothing usable came.
  public var reply: String?
  /// Of that reply.
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
      for failure in before?.failures ?? [] where !failsNow.contains(failure.example) {
        rows.append(
          ExampleRow(
            failure, of: measured.behavior, state: .gained, event: champion.event, texts: texts))
      }
    }
    // The surest mistakes first: they say most.
    return rows.filter { !texts.sealed.contains($0.example) }.sorted {
      ($0.state.order, -($0.probability ?? 0), $0.behavior, $0.example)
        < ($1.state.order, -($1.probability ?? 0), $1.behavior, $1.example)
    }
  }

  init(
    _ failure: Failure, of behavior: String, state: State, event: Int, texts: ExampleTexts
  ) {
    example = failure.example
    self.behavior = behavior
    expected = failure.expected
    self.state = state
    self.event = event
    if state != .gained {
      reply = failure.reply
      probability = failure.probability
    }
    let known = texts.examples[failure.example]
    location = known?.locations.first
    guard let text = known?.input else { return }
    let scalars = text.unicodeScalars
    input = String(String.UnicodeScalarView(scalars.prefix(Self.longest)))
    if text.utf8.count > Self.longest, scalars.count > Self.longest { inputLength = scalars.count }
  }
}

extension ExampleRow.State {
  fileprivate var order: Int { self == .gained ? 1 : 0 }
}
