import Foundation

/// A copy of one of the tiny encoders, with parts of its files changed.
struct ModelCopy {
  let folder: URL

  /// Copies `Fixtures/engine/encoders/<name>` into a scratch folder.
  init(of name: String, in scratch: URL) throws {
    folder = scratch.appendingPathComponent(name)
    try FileManager.default.copyItem(at: EncoderFolderTests.folder(name), to: folder)
  }

  func write(_ text: String, to file: String) throws {
    let place = folder.appendingPathComponent(file)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent(file))
  }

  /// Sets what stands at a path of keys, e.g. `model.unk_id`, to a JSON text; nil removes it.
  func set(_ path: String, in file: String, to value: String?) throws {
    let place = folder.appendingPathComponent(file)
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: place))
    let value = try value.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
    }
    let keys = path.split(separator: ".").map(String.init)
    let changed = Self.setting(keys[...], in: object, to: value)
    try JSONSerialization.data(withJSONObject: changed).write(to: place)
  }

  private static func setting(_ keys: ArraySlice<String>, in object: Any, to value: Any?) -> Any {
    var members = object as? [String: Any] ?? [:]
    guard let key = keys.first else { return value ?? members }
    if keys.count == 1 {
      members[key] = value
    } else {
      members[key] = setting(keys.dropFirst(), in: members[key] ?? [:], to: value)
    }
    return members
  }
}
