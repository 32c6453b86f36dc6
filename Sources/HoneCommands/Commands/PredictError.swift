import Foundation

/// What can be wrong with the texts to predict, and with what is to label them.
enum PredictError: Error, Hashable {
  case unreadable(name: String, reason: String)
  case longLine(number: Int)
  case notUTF8(line: Int)
  case nothingTuned(folder: String)
  case unreadableCertificate(path: String)
  case unknownCheckpoint(String)
}

extension PredictError: LocalizedError, CustomStringConvertible {
  var description: String {
    switch self {
    case .unreadable(let name, let reason):
      "\(name): cannot be read (\(reason)). Name a text file with one text a line, or `-` for "
        + "standard input."
    case .longLine(let number):
      "line \(number): longer than 1 MiB. One text a line is expected; split the input."
    case .notUTF8(let line):
      "line \(line): not UTF-8. Convert the input, for example with `iconv -t utf-8`."
    case .nothingTuned(let folder):
      "\(folder): no checkpoint was certified or tuned here. Run `hone train` first."
    case .unreadableCertificate(let path):
      "\(path): cannot be read, and no run has left a champion. Restore the file from git, or run "
        + "`hone train`."
    case .unknownCheckpoint(let id):
      "there is no checkpoint '\(id)' under .hone/checkpoints. `hone train` prints the ids."
    }
  }

  var errorDescription: String? { description }
}
