import Statistics
import Testing

extension ReferenceVectorTests {
  static let resampling: [String: Call] = [:]
}
