/// The share of new clusters that each role gets; fractions that sum to 1.
public struct RoleShares: Sendable, Hashable, Codable {
  public var train: Double
  public var dev: Double
  public var gate: Double
  public var sealed: Double

  public init(
    train: Double = 0.35, dev: Double = 0.15, gate: Double = 0.1, sealed: Double = 0.4
  ) {
    self.train = train
    self.dev = dev
    self.gate = gate
    self.sealed = sealed
  }

  public subscript(role: Role) -> Double {
    switch role {
    case .train: train
    case .dev: dev
    case .gate: gate
    case .sealed: sealed
    }
  }

  public var sum: Double { train + dev + gate + sealed }

  /// The role in whose share `u` falls, in the order train, dev, gate, sealed.
  ///
  /// - Parameter u: A fraction in [0, 1).
  public func role(at u: Double) -> Role {
    var below = 0.0
    var last = Role.train
    for role in Role.allCases where self[role] > 0 {
      below += self[role]
      if u < below { return role }
      last = role
    }
    return last
  }
}
