public import Suites

extension Claims {
  /// The error budget of a pool that no attempt has drawn on: 1 − confidence, without the binary
  /// dust of the subtraction.
  public var alpha: Double { ((1 - confidence) * 1e12).rounded() / 1e12 }
}
