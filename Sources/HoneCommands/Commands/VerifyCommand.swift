import ArgumentParser
import EmbeddedModels
import Foundation
import Reports
import RunStorage
import Suites
import Tuning

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Does a certificate still speak of what is here?",
    discussion: """
      Computes anew, from content, the hashes of the suite, the base model and the checkpoint, and \
      holds the certificate's numbers against the attempt in hone.lock and against the exact test \
      that they claim to be. The grades of the attempt, which .hone/runs.sqlite keeps, are counted \
      again: as many as are claimed, of the examples that are sealed, few enough failures, and \
      those that hone.lock names. Whatever was changed since, by a byte, is named; of sealed \
      examples nothing is told but that their grades hold, or that they do not. The model is not \
      asked again. Where the archive is not here, that is said, and the rest is looked at.

        hone verify my-suite
        hone verify my-suite/certificate.json --json

      Exit status: 0 what is here is as certified; 2 something is not; 1 there is no certificate, or \
      a failure.
      """)

  @Argument(
    help: ArgumentHelp(
      "certificate.json, or the suite's folder that it is in.", valueName: "certificate"),
    completion: .file())
  var certificate = "."

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let verification = try verify()
    if json {
      try printJSON(Report(holds: verification.holds, findings: verification.findings))
    } else {
      for finding in verification.findings {
        let part = finding.part.rawValue.padded(to: 10)
        let mark = (finding.holds.map { $0 ? "holds" : "differs" } ?? "missing").padded(to: 7)
        Terminal.output.line("\(part)  \(mark)  \(finding.message.harmless)")
      }
      Terminal.output.line(Self.conclusion(verification))
    }
    if !verification.holds { throw ExitCode(2) }
  }

  private static func conclusion(_ verification: CertificateVerification) -> String {
    guard verification.holds else { return "Not everything is as it was certified." }
    let isWhole = verification.findings.allSatisfy { $0.holds != nil }
    return isWhole
      ? "The certificate speaks of what is here."
      : "The certificate speaks of what is here; the grades that it rests on are not here to be "
        + "counted again."
  }

  private struct Report: Encodable {
    var holds: Bool
    var findings: [CertificateVerification.Finding]
  }

  private func verify() throws -> CertificateVerification {
    let named = URL(fileURLWithPath: certificate).standardizedFileURL
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: named.path, isDirectory: &isFolder)
    let folder = exists && !isFolder.boolValue ? named.deletingLastPathComponent() : named
    let workspace = SuiteWorkspace(folder: folder)
    let file = exists && !isFolder.boolValue ? named : workspace.certificate
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw VerifyError.noCertificate(path: file.path)
    }
    guard let certificate = Certificate.read(from: file) else {
      throw VerifyError.unreadable(path: file.path)
    }
    let suite = try Suite.read(folder: folder, caches: workspace.caches)
    let recorded = try SuiteLock.read(from: workspace.lock) ?? SuiteLock()
    let attempt = recorded.ledger.attempts.first { $0.number == certificate.attempt }
    return CertificateVerification(
      certificate, suite: try deal(suite, lock: recorded).0, recorded: recorded,
      base: try BaseModel.identity(of: suite),
      checkpoint: CheckpointFolder.contentID(
        of: certificate.model.checkpoint, tunedFrom: certificate.model.base, suite: suite),
      evidence: attempt.map { Self.evidence(of: $0, in: workspace) } ?? .none)
  }

  /// What the archive keeps of an attempt, or why it cannot be asked.
  private static func evidence(of attempt: Attempt, in workspace: SuiteWorkspace) -> KeptEvidence {
    do {
      guard let store = try RunStore(reading: workspace.runs) else { return .none }
      if let problem = try store.problems().first { return .damaged(reason: problem) }
      return .attempts(try store.kept(of: attempt))
    } catch RunError.brokenArchive(_, let reason) {
      return .damaged(reason: reason)
    } catch RunError.cannotWrite(_, let reason) {
      return .closed(reason: reason)
    } catch {
      return .closed(reason: "\(error)")
    }
  }
}

/// What can be wrong with a certificate before anything of it is verified.
enum VerifyError: Error, Hashable {
  case noCertificate(path: String)
  case unreadable(path: String)
}

extension VerifyError: DescribedError {
  var description: String {
    switch self {
    case .noCertificate(let path):
      "\(path): there is no certificate. `hone train` issues one when every behavior is shown."
    case .unreadable(let path):
      "\(path): this is no certificate that this version can read. `hone train` issues it again, "
        + "without a further attempt."
    }
  }
}
