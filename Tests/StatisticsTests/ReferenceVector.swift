import Foundation
import Testing

/// A value that another library computed, with what went in and how close one must come.
struct ReferenceVector: Decodable, CustomTestStringConvertible, Sendable {
  var id: String
  /// The function's name, usually with its arguments or what it is about behind.
  var function: String
  var inputs: [String: Value]
  var expected: [String: Value]
  /// Absolute.
  var tolerance: Double
  /// For the fields named, in place of `tolerance`.
  var toleranceByField: [String: Double]?
  /// Where the expectation comes from.
  var library: String

  var testDescription: String { id }

  /// The function's name without its arguments: what `ReferenceVectorTests.calls` knows it by.
  var name: String { String(function.prefix { $0 != "(" && $0 != " " }) }

  func number(_ key: String) throws -> Double { try #require(inputs[key]?.number, "\(key)") }
  func integer(_ key: String) throws -> Int { try #require(Int(exactly: number(key)), "\(key)") }
  func flag(_ key: String) throws -> Bool { try #require(inputs[key]?.flag as Bool?, "\(key)") }
  func numbers(_ key: String) throws -> [Double] { try #require(inputs[key]?.numbers, "\(key)") }

  func integers(_ key: String) throws -> [Int] {
    try numbers(key).map { try #require(Int(exactly: $0), "\(key)") }
  }

  /// A list of lists, row by row.
  func rows(_ key: String) throws -> [[Double]] { try #require(inputs[key]?.rows, "\(key)") }

  /// Every vector of `Fixtures/statistics.json`; none where the file is missing or damaged.
  static let all: [ReferenceVector] = {
    struct File: Decodable { var vectors: [ReferenceVector] }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/statistics.json")
    guard let data = try? Data(contentsOf: file),
      let decoded = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return decoded.vectors
  }()
}

extension ReferenceVector {
  /// Whatever JSON can hold, but for objects.
  enum Value: Decodable, Equatable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Value])

    static func numbers(_ values: [Double]) -> Value { .list(values.map { .number($0) }) }
    static func flags(_ values: [Bool]) -> Value { .list(values.map { .flag($0) }) }
    static func integer(_ value: Int) -> Value { .number(Double(value)) }

    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var list: [Value]? { if case .list(let values) = self { values } else { nil } }
    /// Nil unless every element is a number.
    var numbers: [Double]? { list.flatMap { all($0.map(\.number)) } }
    /// Nil unless every element is a list of numbers.
    var rows: [[Double]]? { list.flatMap { all($0.map(\.numbers)) } }
    /// As `rows`, with null for what is missing.
    var rowsWithGaps: [[Double?]]? { list.flatMap { all($0.map { $0.list?.map(\.number) }) } }

    private func all<Element>(_ elements: [Element?]) -> [Element]? {
      elements.contains { $0 == nil } ? nil : elements.compactMap { $0 }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list(try container.decode([Value].self))
      }
    }

    /// Whether both have the same shape, and all numbers differ by at most `tolerance`.
    func agrees(with other: Value, within tolerance: Double) -> Bool {
      switch (self, other) {
      case (.number(let mine), .number(let theirs)):
        mine == theirs || abs(mine - theirs) <= tolerance
      case (.list(let mine), .list(let theirs)):
        mine.count == theirs.count
          && zip(mine, theirs).allSatisfy { $0.agrees(with: $1, within: tolerance) }
      default: self == other
      }
    }
  }
}
