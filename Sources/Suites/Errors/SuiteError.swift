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
  public static let listed = 200

  public init(_ error: SuiteError) {
    errors = [error]
  }

  /// - Returns: Nil where there is nothing wrong.
  public init?(_ errors: [SuiteError]) {
    guard !errors.isEmpty else { return nil }
    self.errors = Set(errors).sorted()
  }

  /// One line per error; beyond `listed` lines "and N more".
  public var description: String {
    var lines = errors.prefix(Self.listed).map(\.description)
    if errors.count > Self.listed {
      lines.append("and \(errors.count - Self.listed) more")
    }
    return lines.joined(separator: "\n")
  }
}
