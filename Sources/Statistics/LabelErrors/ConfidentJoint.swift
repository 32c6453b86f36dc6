/// Which given labels are likely wrong, from what a classifier says of examples that it did not
/// learn from: confident learning.
///
/// ```
/// threshold of a class    the mean probability of it among the examples that are given it
/// confidently of a class  an example whose probability of it reaches the threshold; of several
///                         such classes the one with the highest probability
/// suspect                 an example that is confidently of a class, prefers it to the given one,
///                         and is given another
/// ```
///
/// Thresholds of their own make up for classes that a classifier is less sure of. A suspect is an
/// example to look at: it may as well be right and hard. In ten test sets of research about half of
/// those that such methods named were wrong (Northcutt, Athalye and Mueller 2021).
///
/// Source: Northcutt, Jiang and Chuang (2021), "Confident learning: estimating uncertainty in
/// dataset labels", equations 1 and 2.
public struct ConfidentJoint: Sendable, Hashable, Codable {
  /// One for each class; nil where no example is given it. Shape [classes].
  public let thresholds: [Double?]
  /// Examples that are confidently of a class, by given class, then by that class.
  /// Shape [classes][classes].
  public let counts: [[Int]]
  /// The surest first.
  public let suspects: [Suspect]

  public struct Suspect: Sendable, Hashable, Codable {
    /// Its place among the examples.
    public let index: Int
    public let given: Int
    public let suggested: Int
    /// The probability of the given class less that of the likeliest other one: from 0, just as
    /// likely, to −1, sure that it is wrong.
    public let margin: Double
  }

  /// The share of suspects that turned out wrong when people looked (see the type's source).
  public static let usualPrecision = 0.51

  /// - Parameters:
  ///   - probabilities: Of every class, by a classifier that did not learn from the example.
  ///     Shape [n][classes].
  ///   - given: The class that each example is given. Shape [n].
  /// - Throws: `StatisticsError` where lengths differ, or a probability is NaN or outside [0, 1].
  /// - Precondition: Given classes are among those that have probabilities.
  public init(probabilities: [[Double]], given: [Int]) throws(StatisticsError) {
    try requireSameCount(probabilities.count, "probabilities", given.count, "given")
    let classes = probabilities.first?.count ?? 0
    for row in probabilities {
      try requireSameCount(row.count, "probabilities of an example", classes, "the first one's")
      try requireFinite(row, "probabilities of an example", in: 0...1)
    }
    precondition(given.allSatisfy((0..<classes).contains), "given classes have probabilities")
    var sums = [Double](repeating: 0, count: classes)
    var members = [Int](repeating: 0, count: classes)
    for (row, own) in zip(probabilities, given) {
      sums[own] += row[own]
      members[own] += 1
    }
    let thresholds = (0..<classes).map { members[$0] > 0 ? sums[$0] / Double(members[$0]) : nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var suspects: [Suspect] = []
    for (index, (row, own)) in zip(probabilities, given).enumerated() {
      var best: Int?
      for other in 0..<classes {
        guard let threshold = thresholds[other], row[other] >= threshold else { continue }
        if let best, row[best] >= row[other] { continue }
        best = other
      }
      guard let best else { continue }
      counts[own][best] += 1
      guard best != own, row[best] > row[own] else { continue }
      let likeliest = (0..<classes).filter { $0 != own }.map { row[$0] }.max() ?? 0
      suspects.append(
        Suspect(index: index, given: own, suggested: best, margin: row[own] - likeliest))
    }
    self.thresholds = thresholds
    self.counts = counts
    self.suspects = suspects.sorted { ($0.margin, $0.index) < ($1.margin, $1.index) }
  }
}
