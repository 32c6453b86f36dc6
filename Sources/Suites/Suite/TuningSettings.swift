/// How to tune, and for how long.
public struct TuningSettings: Sendable, Hashable, Codable {
  /// Rungs that this version can climb, from cheap to dear; never empty.
  public var ladder: [String]
  /// The most rounds to run; nil leaves it open.
  public var rounds: Int?
  /// The most time to spend; nil leaves it open.
  public var time: Duration?
  public var seed: UInt64

  public init(
    ladder: [String] = ["head"], rounds: Int? = nil, time: Duration? = nil, seed: UInt64 = 7
  ) {
    self.ladder = ladder
    self.rounds = rounds
    self.time = time
    self.seed = seed
  }
}
