/// What can be wrong with data that a statistic is asked for.
///
/// Bad data is an error and never a number: a mean over NaN would pass for a measurement.
public enum StatisticsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Fewer values (or clusters, or runs) than the statistic needs to be defined.
  case tooFew(argument: String, count: Int, minimum: Int)
  /// Two arrays that must run in parallel and do not.
  case mismatchedLengths(argument: String, count: Int, other: String, otherCount: Int)
  /// A value that is NaN or infinite.
  case notFinite(argument: String, index: Int)
  /// A finite value outside the range that the statistic is about.
  case outOfRange(argument: String, index: Int, value: Double, range: ClosedRange<Double>)
  /// Values that are all alike, where the statistic divides by their spread.
  case noSpread(argument: String)
  /// Ratings that are all of one category, so that agreement beyond chance is 0/0.
  case oneCategory(argument: String)
  /// Units with different numbers of ratings, where all need as many.
  case unequalRatings(argument: String, index: Int, count: Int, expected: Int)

  public var description: String {
    switch self {
    case .tooFew(let argument, let count, let minimum):
      "\(argument): \(count) given, at least \(minimum) needed. Measure more, or report no number."
    case .mismatchedLengths(let argument, let count, let other, let otherCount):
      "\(argument) has \(count) values and \(other) has \(otherCount). "
        + "Give one of each for every unit, in the same order."
    case .notFinite(let argument, let index):
      "\(argument)[\(index)] is not a finite number. "
        + "Count a failed measurement as a failure, or leave the unit out of every array."
    case .outOfRange(let argument, let index, let value, let range):
      "\(argument)[\(index)] is \(value), outside \(range.lowerBound)...\(range.upperBound). "
        + "Rescale the values before they come here."
    case .noSpread(let argument):
      "\(argument): all values are alike, so their spread is unknown. "
        + "Use an exact or a distribution-free bound in place of a standard error."
    case .oneCategory(let argument):
      "\(argument): every rating is of the same category, where agreement is no surprise. "
        + "Rate units that differ, or report the share of agreement."
    case .unequalRatings(let argument, let index, let count, let expected):
      "\(argument)[\(index)] has \(count) ratings, the others have \(expected). "
        + "Use Krippendorff's alpha, which takes units with gaps."
    }
  }
}

/// Throws unless every value is finite and, where a range is given, inside it.
func requireFinite(
  _ values: [Double], _ argument: String, in range: ClosedRange<Double>? = nil
) throws(StatisticsError) {
  for (index, value) in values.enumerated() {
    guard value.isFinite else { throw .notFinite(argument: argument, index: index) }
    if let range, !range.contains(value) {
      throw .outOfRange(argument: argument, index: index, value: value, range: range)
    }
  }
}

/// Throws where there are fewer than `minimum`.
func requireCount(
  _ count: Int, _ argument: String, atLeast minimum: Int
) throws(StatisticsError) {
  guard count >= minimum else {
    throw .tooFew(argument: argument, count: count, minimum: minimum)
  }
}

/// Throws unless both arrays have as many values.
func requireSameCount(
  _ count: Int, _ argument: String, _ otherCount: Int, _ other: String
) throws(StatisticsError) {
  guard count == otherCount else {
    throw .mismatchedLengths(
      argument: argument, count: count, other: other, otherCount: otherCount)
  }
}
