import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A hidden folder inside the one to fill, whose parts are moved into place at the end.
struct FreshFolder {
  let url: URL
  private let target: URL

  /// - Throws: `SuiteErrors` where a suite, or a part of one, is there already.
  init(for target: URL) throws(SuiteErrors) {
    self.target = target
    for name in ["hone.yaml", "hone.lock"] {
      if PlainFile.exists(target.appendingPathComponent(name).path) {
        throw Self.refusal(.exists, name)
      }
    }
    let behaviors = target.appendingPathComponent("behaviors").path
    if PlainFile.exists(behaviors) {
      guard (try? FileManager.default.contentsOfDirectory(atPath: behaviors))?.isEmpty == true
      else {
        throw Self.refusal(.exists, "behaviors")
      }
    }
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    } catch {
      throw Self.refusal(.notWritten(reason: PlainFile.reason()), target.path)
    }
    for number in 0..<1_000 {
      let candidate = target.appendingPathComponent(".hone-init-\(getpid())-\(number)")
      if mkdir(candidate.path, 0o777) == 0 {
        url = candidate
        return
      }
      if errno != EEXIST { break }
    }
    throw Self.refusal(.notWritten(reason: PlainFile.reason()), target.path)
  }

  func create(_ path: String, _ text: String) throws(SuiteErrors) {
    let file = url.appendingPathComponent(path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try PlainFile.create(file.path, with: Array(text.utf8))
    } catch PlainFile.Failure.failed(let reason) {
      throw Self.refusal(.notWritten(reason: reason), path)
    } catch {
      throw Self.refusal(.notWritten(reason: "\(error)"), path)
    }
  }

  /// Moves parts into place, the last one last; takes back the others if it cannot be.
  func publish(_ names: [String]) throws(SuiteErrors) {
    var moved: [String] = []
    for name in names {
      let from = url.appendingPathComponent(name).path
      let to = target.appendingPathComponent(name).path
      if move(from, to) {
        moved.append(name)
        continue
      }
      let error = errno
      let reason = PlainFile.reason()
      for name in moved {
        rename(target.appendingPathComponent(name).path, url.appendingPathComponent(name).path)
      }
      throw Self.refusal(
        error == EEXIST || error == ENOTEMPTY ? .exists : .notWritten(reason: reason), name)
    }
    PlainFile.synchronize(folder: target.path)
  }

  func remove() {
    try? FileManager.default.removeItem(at: url)
  }

  /// Renames without replacing: a folder only replaces an empty one, and a file is linked first.
  private func move(_ from: String, _ to: String) -> Bool {
    if PlainFile.isFolder(from) { return rename(from, to) == 0 }
    if link(from, to) == 0 { return true }
    // Some file systems have no links.
    guard errno != EEXIST, !PlainFile.exists(to) else {
      errno = EEXIST
      return false
    }
    return rename(from, to) == 0
  }

  private static func refusal(_ problem: SuiteError.Problem, _ file: String) -> SuiteErrors {
    SuiteErrors(SuiteError(problem, at: SourceLocation(file: file)))
  }
}
