import Statistics
import Testing

extension ReferenceVectorTests {
  static let variance: [String: Call] = [:]
}
