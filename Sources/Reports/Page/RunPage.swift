import Mustache

/// A run as one HTML page that needs nothing beside it: styles, script, pictures and data are within.
public struct RunPage {
  private let report: RunReport
  private let live: LivePage?

  /// - Parameter live: Nil for a file; else the page keeps itself up to date.
  public init(_ report: RunReport, live: LivePage? = nil) {
    self.report = report
    self.live = live
  }

  public func html() throws -> String {
    let template = try MustacheTemplate(
      string: String(decoding: PackageResources.run_mustache, as: UTF8.self))
    return template.render(["title": "run \(report.number)"])
  }
}

/// What a page needs to follow a run that is at work.
public struct LivePage: Sendable {
  /// Where the page finds its style and script, and where it hears of news; paths on its own server.
  public var style: String
  public var script: String
  public var events: String
  /// Links to the other pages, in order: what they say and where they lead.
  public var links: [(text: String, path: String)]

  public init(
    style: String, script: String, events: String, links: [(text: String, path: String)]
  ) {
    self.style = style
    self.script = script
    self.events = events
    self.links = links
  }
}

/// The parts that a server hands out by themselves, so that its pages may forbid what stands inline.
public enum PageParts {
  public static let style = String(decoding: PackageResources.page_css, as: UTF8.self)
  public static let script = String(decoding: PackageResources.page_js, as: UTF8.self)
}
