import ArgumentParser
import Dashboard
import Foundation
import Suites
import Tuning

struct DashboardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Serves the runs of a suite as live pages.",
    discussion: """
      Lists all runs; follows the one at work, with error bars as they tighten; compares two \
      checkpoints; browses the examples of `dev` with what was answered. Sealed examples are never \
      shown. It reads, also while a run writes, and changes nothing. Ctrl-C ends it.

        hone dashboard my-suite
        hone dashboard my-suite --port 0           any port that is free
        HONE_TOKEN=$(openssl rand -hex 16) hone dashboard my-suite --host 0.0.0.0 \
      --token-from HONE_TOKEN

      On the loopback interface, the default, whoever is on this machine may look. Elsewhere a token \
      is asked for: once behind the address (/?token=…), or as Authorization: Bearer. Traffic is \
      not encrypted; an ssh tunnel to 127.0.0.1 does that.

      Exit status: 0 ended by Ctrl-C; 1 it cannot listen there; 64 bad arguments.
      """)

  @OptionGroup var argument: SuiteArgument

  static let usualPort = 8421

  @Option(help: ArgumentHelp("The port; 0 takes one that is free.", valueName: "number"))
  var port = Self.usualPort

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "The environment variable that has the token, for addresses that other machines reach.",
      valueName: "variable"))
  var tokenFrom: String?

  func validate() throws {
    guard (0...65535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535.")
    }
    guard !host.isEmpty else { throw ValidationError("--host takes an address.") }
  }

  func run() async throws {
    let isLocal = DashboardServer.isLoopback(host)
    let token = try tokenFrom.map { name in
      try AccessToken(ProcessInfo.processInfo.environment[name] ?? "", from: name)
    }
    guard isLocal || token != nil else { throw DashboardError.tokenNeeded(host: host) }
    try checkThereIsSomething()
    // A run at work goes first.
    giveWay()
    let dashboard = try Dashboard(
      folder: argument.folder, port: port == 0 ? nil : port, isLocal: isLocal, token: token)
    let server = DashboardServer(dashboard, host: host, port: port)
    let lines = ready
    let progress = ProgressLine(terminal: .errors, isQuiet: true)
    do {
      try await Interruption.cancels(showing: progress, ending: "Stopped.") {
        try await server.run { port in Terminal.output.lines(lines(port)) }
      }
    } catch let code as ExitCode where code.rawValue == 130 {
      // That is how it ends.
    }
  }

  /// A suite that cannot be read is no obstacle where there are runs to show.
  private func checkThereIsSomething() throws {
    let runs = SuiteWorkspace(folder: argument.folder).runs
    if FileManager.default.fileExists(atPath: runs.path) { return }
    _ = try argument.read()
  }

  /// What is said once it is served: never the token.
  private var ready: @Sendable (Int) -> [String] {
    let (host, folder, variable) = (host, argument.folder.lastPathComponent, tokenFrom)
    return { port in
      let name = host.contains(":") ? "[\(host)]" : host
      let token = variable.map { "?token=… (once, with the value of $\($0))" } ?? ""
      return ["\(folder): http://\(name):\(port)/\(token)", "Ctrl-C ends it."]
    }
  }
}
