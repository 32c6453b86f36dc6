import Foundation

/// A JSON object of a model's folder, read key by key.
struct JSONFile {
  let path: String
  let root: JSONValue

  /// - Throws: `EngineError.unreadable`, or `.malformed` where it is no JSON object.
  init(contentsOf url: URL) throws {
    path = url.path
    guard let data = try? Data(contentsOf: url) else {
      throw EngineError.unreadable(path: path, reason: "no such file, or no permission")
    }
    guard let root = JSONValue(parsing: data), root.members != nil else {
      throw EngineError.malformed(path: path, problem: "it is no JSON object")
    }
    self.root = root
  }

  /// The value of a key; nil where it is left out or `null`.
  subscript(key: String) -> JSONValue? {
    root[key].flatMap { $0.isNull ? nil : $0 }
  }

  /// An error about this file's content.
  func malformed(_ problem: String) -> EngineError {
    .malformed(path: path, problem: problem)
  }

  /// An error about a part of this file that is in order, and that nothing here can run.
  func unsupported(_ what: String, known: String) -> EngineError {
    .unsupported(path: path, what: what, known: known)
  }

  /// A whole number that has to be there.
  func size(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = root[key]?.integer, range.contains(value) else {
      throw malformed("\(key) is missing or out of range")
    }
    return value
  }

  /// Refuses a setting that is there and says anything but `known`.
  func expect(_ key: String, _ known: String) throws {
    guard let found = self[key] else { return }
    guard found.string == known else {
      throw unsupported("\(key) '\(found.summary)'", known: known)
    }
  }
}
