import Foundation
public import Suites

/// What keeps a dashboard from being served.
public enum DashboardError: Error, Sendable, Hashable {
  case portInUse(Int)
  case cannotListen(host: String, port: Int, reason: String)
  /// Another address than this machine's own, without a token.
  case tokenNeeded(host: String)
  case weakToken(variable: String, isSet: Bool)
}

extension DashboardError: DescribedError {
  public var description: String {
    switch self {
    case .portInUse(let port):
      "port \(port) is in use, maybe by another dashboard. Take another one with --port, or "
        + "--port 0 for any that is free."
    case .cannotListen(let host, let port, let reason):
      "\(UnknownName.harmless(host)), port \(port): cannot listen there (\(reason)). "
        + "--host takes an address of this machine; ports below 1024 need root."
    case .tokenNeeded(let host):
      "--host \(UnknownName.harmless(host)): from other machines the dashboard opens with a token "
        + "only. Put one into the environment and name the variable: "
        + "HONE_TOKEN=$(openssl rand -hex 16) hone dashboard --host … --token-from HONE_TOKEN. The "
        + "connection is not encrypted: through an ssh tunnel to 127.0.0.1 it would be."
    case .weakToken(let variable, let isSet):
      "--token-from: $\(UnknownName.harmless(variable)) is "
        + (isSet ? "too short" : "not set") + ". A token has \(AccessToken.leastLength) characters "
        + "or more, such as those of `openssl rand -hex 16`."
    }
  }
}
