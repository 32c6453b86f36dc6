import Foundation
import Suites

/// What can be wrong with a regression test and its reports.
enum TestError: Error, Hashable {
  case noBaseline(path: String)
  case reportNotWritten(path: String, reason: String)
  case reportIsNoFile(path: String)
}

extension TestError: DescribedError {
  var description: String {
    switch self {
    case .noBaseline(let path):
      "\(path): there is no baseline to compare with. `hone train` records one when it certifies; "
        + "`hone test --update-baseline` records what a checkpoint answers now."
    case .reportNotWritten(let path, let reason):
      "\(path): the report cannot be written (\(reason)). Name a file in a folder that can be "
        + "written to."
    case .reportIsNoFile(let path):
      "\(path): there is something here that is no file. Name a file, or take --format for standard "
        + "output."
    }
  }
}

/// Files of reports: whole, or as they were.
enum ReportFile {
  static func write(_ text: String, to path: String) throws {
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    if manager.fileExists(atPath: path, isDirectory: &isFolder) {
      let type =
        try? manager.attributesOfItem(
          atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
        as? FileAttributeType
      guard type == .typeRegular else { throw TestError.reportIsNoFile(path: path) }
    }
    do {
      try PlainFile.replace(path, with: Array(text.utf8))
    } catch {
      let reason = if case .failed(let text) = error { text } else { "\(error)" }
      throw TestError.reportNotWritten(path: path, reason: reason)
    }
  }
}
