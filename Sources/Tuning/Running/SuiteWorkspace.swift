public import Foundation
public import Suites

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a suite keeps its files, and the hold on it while a run works there.
public struct SuiteWorkspace: Sendable {
  public let folder: URL

  public init(folder: URL) {
    self.folder = folder
  }

  public var lock: URL { folder.appendingPathComponent("hone.lock") }
  public var certificate: URL { folder.appendingPathComponent("certificate.json") }
  public var hidden: URL { folder.appendingPathComponent(".hone") }
  /// The archive of runs.
  public var runs: URL { hidden.appendingPathComponent("runs.sqlite") }
  public var checkpoints: URL { hidden.appendingPathComponent("checkpoints") }
  /// Tunings of an encoder that are at work, or done.
  public var tunings: URL { hidden.appendingPathComponent("tuning") }
  public var caches: URL { hidden.appendingPathComponent("cache") }

  /// Keeps other runs off the suite until the hold is released; a crash releases it too.
  ///
  /// - Throws: `RunError.suiteInUse`, or `RunError.cannotWrite` where `.hone/` cannot be made.
  public func hold() throws -> Hold {
    do {
      try FileManager.default.createDirectory(at: hidden, withIntermediateDirectories: true)
      let ignore = hidden.appendingPathComponent(".gitignore")
      if !FileManager.default.fileExists(atPath: ignore.path) {
        try Data("*\n".utf8).write(to: ignore, options: .atomic)
      }
    } catch {
      throw RunError.cannotWrite(path: hidden.path, reason: error.localizedDescription)
    }
    let path = inUse.path
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw RunError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    // Somebody may be looking whether it is held, which takes no time to speak of.
    var isTaken = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    for _ in 0..<20 where !isTaken {
      usleep(5000)
      isTaken = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
    guard isTaken else {
      close(descriptor)
      throw RunError.suiteInUse(folder: folder.path)
    }
    // A run that was killed may have left it.
    unlink(progress.path)
    return Hold(descriptor: descriptor)
  }

  /// Whether some process has hold of the suite. To ask keeps nobody from taking it.
  public var isHeld: Bool {
    let descriptor = open(inUse.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// The file that a hold is on.
  private var inUse: URL { hidden.appendingPathComponent("in-use") }

  /// Checks, with a hold on the suite, that `hone.lock` still gives what was dealt before it.
  ///
  /// Another run may have ended in between; to write the lock as it was read would undo its attempts.
  ///
  /// - Throws: `RunError.lockChanged`, or `SuiteErrors` where the file cannot be read.
  public func checkUnchanged(_ dealt: SuiteLock, of suite: Suite) throws {
    guard try deal(suite, lock: SuiteLock.read(from: lock)).1 == dealt else {
      throw RunError.lockChanged(path: lock.path)
    }
  }

  /// Records what later models are compared with.
  ///
  /// - Parameter current: `hone.lock` as it stands.
  /// - Throws: `RunError.cannotWrite`.
  public func record(_ baseline: Baseline, in current: SuiteLock) throws {
    var recorded = current
    recorded.baseline = baseline
    do {
      try recorded.write(to: lock)
    } catch {
      throw RunError.cannotWrite(path: lock.path, reason: "\(error)")
    }
  }

  /// An advisory lock that ends with the value or the process.
  public final class Hold: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
      self.descriptor = descriptor
    }

    deinit {
      close(descriptor)
    }
  }
}
