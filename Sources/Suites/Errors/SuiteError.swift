import Foundation

/// Something in the suite's files that must be mended before anything can run.
public struct SuiteError: Sendable, Hashable, DescribedError {
  /// Where it stands; where several places are at odds, the first of them.
  public var location: SourceLocation
  /// The other places it concerns.
  public var others: [SourceLocation]
  public var problem: Problem

  public init(_ problem: Problem, at location: SourceLocation, others: [SourceLocation] = []) {
    self.location = location
    self.others = others
    self.problem = problem
  }

  public var description: String {
    "\(location): \(problem.text(others: others))"
  }
}

extension SuiteError: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    if left.location != right.location { return left.location < right.location }
    return left.description < right.description
  }
}

/// All that is wrong with a suite, found in one go and sorted by place. Never empty.
public struct SuiteErrors: Sendable, Hashable, DescribedError {
  public let errors: [SuiteError]

  /// How many errors the text lists before it counts the rest.
  public static let listed = 1_000

  public init(_ error: SuiteError) {
    errors = [error]
  }

  /// - Returns: Nil where there is nothing wrong.
  public init?(_ errors: [SuiteError]) {
    guard !errors.isEmpty else { return nil }
    self.errors = Set(errors).sorted()
  }

  /// One line per error; beyond `listed` lines "and N more".
  public var lines: [String] {
    let rest = errors.count - Self.listed
    return errors.prefix(Self.listed).map(\.description) + (rest > 0 ? ["and \(rest) more"] : [])
  }

  /// How to do without the rows among the errors; nil where there are none.
  public var wayOut: String? {
    let ofRows = errors.filter(\.problem.concernsRow)
    let rows = Set(ofRows.flatMap { [$0.location] + $0.others }).count
    guard rows > 0 else { return nil }
    let others = errors.count - ofRows.count
    let rest =
      others == 0
      ? "" : " That does not cure \(counted(others, "other problem")) listed above."
    return "\(counted(rows, "row")) to mend; or set such rows aside and have them counted, with"
      + " on_bad_row: skip in hone.yaml (hone init, hone test: --skip-bad-rows)." + rest
  }

  public var description: String {
    (lines + [wayOut].compactMap { $0 }).joined(separator: "\n")
  }
}
