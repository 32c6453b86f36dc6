/// The true pass rate of a behavior, candidate by candidate: of the base, of the first candidate, of
/// the second, and so on. The last one stays.
///
/// ```
/// 0.9              every checkpoint passes with 0.9
/// 0.7, 0.8, 0.9    the base with 0.7, the first candidate with 0.8, all others with 0.9
/// ```
public struct TruthPath: Sendable, Hashable, Codable {
  public let rates: [Double]

  /// - Returns: Nil without a rate, and for what is no rate.
  public init?(_ rates: [Double]) {
    guard !rates.isEmpty, rates.allSatisfy({ (0...1).contains($0) }) else { return nil }
    self.rates = rates
  }

  /// The same truth of every checkpoint.
  ///
  /// - Precondition: The rate lies in 0...1.
  public init(always rate: Double) {
    precondition((0...1).contains(rate), "a rate lies in 0...1")
    rates = [rate]
  }

  /// The rate of the checkpoint that was proposed as number `candidate`; 0 is the base.
  public subscript(candidate: Int) -> Double {
    rates[min(max(0, candidate), rates.count - 1)]
  }

  public var last: Double { rates[rates.count - 1] }
}
