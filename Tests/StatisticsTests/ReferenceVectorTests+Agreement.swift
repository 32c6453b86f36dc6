import Statistics
import Testing

extension ReferenceVectorTests {
  static let agreement: [String: Call] = [:]
}
