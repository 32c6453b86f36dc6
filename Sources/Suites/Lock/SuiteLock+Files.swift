public import Foundation

extension SuiteLock {
  /// Reads `hone.lock`.
  ///
  /// - Returns: Nil where there is no such file.
  /// - Throws: `SuiteErrors` where it cannot be read: by place, and a left-over merge by name.
  public static func read(from url: URL) throws(SuiteErrors) -> SuiteLock? {
    let file = url.lastPathComponent
    let text: String
    do {
      text = try FileText.text(of: url, file: file, limit: FileText.largestData)
    } catch {
      if case .fileMissing = error.errors.first?.problem { return nil }
      throw error
    }
    return try parse(text, file: file)
  }

  /// Writes `hone.lock` in one step: beside it, flushed, renamed. Does nothing where the file
  /// holds these very bytes already.
  ///
  /// - Throws: `SuiteErrors` with the system's reason; the old file is then as it was.
  public func write(to url: URL) throws(SuiteErrors) {
    let bytes = Array(text.utf8)
    if let there = try? PlainFile.read(url.path, limit: FileText.largestData), there == bytes {
      return
    }
    do {
      try PlainFile.replace(url.path, with: bytes)
    } catch {
      let reason = if case .failed(let text) = error { text } else { "\(error)" }
      let location = SourceLocation(file: url.lastPathComponent)
      throw SuiteErrors(SuiteError(.notWritten(reason: reason), at: location))
    }
  }
}
