public import Foundation

/// What stops a run from the outside.
public enum RunError: Error, Sendable, Hashable {
  case cannotWrite(path: String, reason: String)
  /// An archive of runs that cannot be read.
  case brokenArchive(path: String, reason: String)
  /// There is no such checkpoint in the suite's store.
  case unknownCheckpoint(id: String, folder: String)
  /// Another process works on the suite.
  case suiteInUse(folder: String)
  /// The ledger in `hone.lock` could not be written, so nothing sealed may be looked at.
  case ledgerNotWritten(path: String, reason: String)
  /// `hone.lock` is not as it was read before the run had hold of the suite.
  case lockChanged(path: String)
  /// The ledger has an attempt that claims to be this one and is about other behaviors.
  case attemptUnlikeSuite(number: Int, path: String)
}

extension RunError: LocalizedError, CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written (\(reason)). Check the permissions and the free space, then "
        + "run the command again; what was on disk is untouched."
    case .brokenArchive(let path, let reason):
      "\(path): cannot be read (\(reason)). The file was changed or damaged by another program; move "
        + "it away to go on without what it tells of earlier runs. Checkpoints and ledger are not "
        + "in it."
    case .unknownCheckpoint(let id, let folder):
      "\(folder): there is no checkpoint \(id) of this suite's base. `hone history` lists those that "
        + "there are."
    case .suiteInUse(let folder):
      "\(folder): another `hone train` or `hone test` is at work here. Wait for it, or stop it with Ctrl-C; a "
        + "copy of the folder can be worked on meanwhile."
    case .ledgerNotWritten(let path, let reason):
      "\(path): the attempt could not be recorded (\(reason)), so no sealed example was looked "
        + "at. Make the file writable, or use `--no-attempt`."
    case .lockChanged(let path):
      "\(path): changed since it was read: another run ended meanwhile. Run the command again."
    case .attemptUnlikeSuite(let number, let path):
      "\(path): attempt \(number) does not fit the suite's behaviors: the file was changed by hand. "
        + "Restore it from git: Hone writes it, nobody edits it."
    }
  }

  public var errorDescription: String? { description }
}
