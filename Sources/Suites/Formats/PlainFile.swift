#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads and writes regular files, and nothing that could block or pretend.
package enum PlainFile {
  package enum Failure: Error {
    case missing
    case tooLarge(Int)
    case failed(String)
  }

  /// - Throws: `Failure` for anything but a regular file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? .missing : .failed(reason())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .failed(reason()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .failed("it is a folder")
    default: throw .failed("it is no regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(size) }
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Self.read(descriptor, buffer.baseAddress! + count, size - count)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = .failed(reason()) }
        if got <= 0 { break }
        count += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private static func read(_ descriptor: Int32, _ to: UnsafeMutablePointer<UInt8>, _ n: Int) -> Int
  {
    #if canImport(Glibc)
      Glibc.read(descriptor, to, n)
    #elseif canImport(Musl)
      Musl.read(descriptor, to, n)
    #else
      Darwin.read(descriptor, to, n)
    #endif
  }

  /// Replaces a file in one step: whoever reads it sees the old bytes or the new ones.
  ///
  /// Writes beside it, flushes to disk and renames; a symbolic link keeps pointing at its file.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let target = resolved(path)
    let slash = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    let folder = slash == target.startIndex ? "." : String(target[..<slash])
    var temporary = ""
    var descriptor: Int32 = -1
    for attempt in 0..<100 where descriptor < 0 {
      temporary = "\(target[..<slash]).\(target[slash...]).\(getpid())-\(attempt)"
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0 && errno != EEXIST { throw .failed(reason()) }
    }
    guard descriptor >= 0 else { throw .failed(reason()) }
    var problem = writeAll(bytes, to: descriptor)
    if problem == nil && fsync(descriptor) != 0 { problem = reason() }
    if close(descriptor) != 0 && problem == nil { problem = reason() }
    if problem == nil && rename(temporary, target) != 0 { problem = reason() }
    if let problem {
      unlink(temporary)
      throw .failed(problem)
    }
    synchronize(folder: folder)
  }

  /// Writes a file that must not be there yet, and flushes it to disk.
  package static func create(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .failed(reason()) }
    var problem = writeAll(bytes, to: descriptor)
    if problem == nil && fsync(descriptor) != 0 { problem = reason() }
    if close(descriptor) != 0 && problem == nil { problem = reason() }
    if let problem { throw .failed(problem) }
  }

  /// Flushes the entries of a folder, so that a rename in it survives a power cut.
  package static func synchronize(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// What the last system call found wrong.
  static func reason() -> String {
    String(cString: strerror(errno))
  }

  /// The path with symbolic links followed; itself where there is no such file yet.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let wrote = write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        if wrote < 0 && errno == EINTR { continue }
        if wrote < 0 { return reason() }
        done += wrote
      }
      return nil
    }
  }
}

extension PlainFile {
  /// Whether there is a folder at the path, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether there is anything at the path, a dangling link included.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
