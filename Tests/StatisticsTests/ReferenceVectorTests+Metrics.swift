import Statistics
import Testing

extension ReferenceVectorTests {
  static let metrics: [String: Call] = [:]
}
