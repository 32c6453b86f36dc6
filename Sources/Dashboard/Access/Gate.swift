import Foundation

/// Decides who is let in. Pure.
///
/// On the loopback interface whoever is on this machine may look, but a page of another site may
/// not: its requests name that site in `Host`, even where its name was made to lead here (DNS
/// rebinding). From elsewhere a token is asked for.
struct Gate: Sendable {
  /// Nil lets in whoever is on this machine.
  let token: AccessToken?
  /// Whether `Host` must name this machine.
  let checksHost: Bool

  enum Decision: Equatable {
    case open
    /// The token is right: a cookie takes its place, and the address loses it.
    case signIn(cookie: String, location: String)
    /// `Host` names another machine.
    case strangeHost
    /// There is no token, or not the right one.
    case tokenNeeded(wasGiven: Bool)
  }

  /// What is looked at of a request.
  struct Asked {
    var path: String
    var query: Query
    var host: String?
    var authorization: String?
    /// The header, as it was sent.
    var cookies: String?
    /// On which the request came.
    var port: Int? = nil
  }

  func decide(_ asked: Asked) -> Decision {
    if checksHost, !Self.isLocal(asked.host) { return .strangeHost }
    guard let token else { return .open }
    let name = Self.cookieName(port: asked.port)
    if let given = asked.query["token"] {
      guard token.opens(given) else { return .tokenNeeded(wasGiven: true) }
      var query = asked.query
      query["token"] = nil
      return .signIn(
        cookie: "\(name)=\(token.session); Path=/; HttpOnly; SameSite=Strict",
        location: Self.local(asked.path) + query.text)
    }
    // A header of another scheme may be a proxy's own.
    let words = (asked.authorization ?? "").split(separator: " ", maxSplits: 1)
    if words.first?.lowercased() == "bearer" {
      guard words.count == 2, token.opens(words[1].trimmingCharacters(in: .whitespaces))
      else { return .tokenNeeded(wasGiven: true) }
      return .open
    }
    for pair in (asked.cookies ?? "").split(separator: ";") {
      let words = pair.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if words.count == 2, words[0] == name, token.isSession(words[1]) { return .open }
    }
    return .tokenNeeded(wasGiven: false)
  }

  /// Cookies are shared by all ports of a machine, so the name tells two dashboards apart.
  static func cookieName(port: Int?) -> String { "hone_\(port ?? 0)" }

  /// Whether `Host` is one of this machine's own names. Its port may be another than the server's: that
  /// of a tunnel.
  static func isLocal(_ host: String?) -> Bool {
    // Looked at byte by byte: a regular expression took two fifths of what a request costs.
    guard var name = host?.lowercased().utf8[...] else { return false }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    // The colons of an IPv6 address stand in brackets.
    if let colon = name.lastIndex(of: UInt8(ascii: ":")), name.last != UInt8(ascii: "]") {
      let port = name[colon...].dropFirst()
      guard (1...5).contains(port.count), port.allSatisfy(isDigit) else { return false }
      name = name[..<colon]
    }
    if name.elementsEqual("localhost".utf8) || name.elementsEqual("[::1]".utf8) { return true }
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0].elementsEqual("127".utf8)
      && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(isDigit) }
  }

  /// A path that leads nowhere but here: `//evil.example` would be another machine.
  private static func local(_ path: String) -> String {
    Route(path: path) == nil ? "/" : path
  }
}
