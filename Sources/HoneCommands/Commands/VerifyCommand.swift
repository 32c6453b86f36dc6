import ArgumentParser
import EmbeddedModels
import Foundation
import Reports
import Suites
import Tuning

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Does a certificate still speak of what is here?",
    discussion: """
      Computes anew, from content, the hashes of the suite, the base model and the checkpoint, and \
      holds the certificate's numbers against the attempt in hone.lock and against the exact test \
      that they claim to be. Whatever was changed since, by a byte, is named. Sealed examples are \
      not graded again.

        hone verify my-suite
        hone verify my-suite/certificate.json --json

      Exit status: 0 everything is as certified; 2 something is not; 1 there is no certificate, or \
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
        let mark = (finding.holds ? "holds" : "differs").padded(to: 7)
        Terminal.output.line("\(part)  \(mark)  \(finding.message.harmless)")
      }
      Terminal.output.line(
        verification.holds
          ? "The certificate speaks of what is here." : "Not everything is as it was certified.")
    }
    if !verification.holds { throw ExitCode(2) }
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
    let (suite, lock) = try SuiteArgument.read(folder)
    return CertificateVerification(
      certificate, suite: suite.suite, ledger: lock.ledger,
      base: try BaseModel.identity(of: suite.suite),
      checkpoint: CheckpointFolder.contentID(
        of: certificate.model.checkpoint, tunedFrom: certificate.model.base, suite: suite.suite))
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
