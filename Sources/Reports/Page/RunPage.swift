import Crypto
import Foundation
import Mustache

/// A run as one HTML page that needs nothing beside it: styles, script, pictures and data are within.
///
/// Whatever stands in the suite or comes from a model is escaped by the template, and characters
/// that could mislead a reader are shown as what they are.
public struct RunPage {
  private let report: RunReport
  private let live: LivePage?

  /// - Parameter live: Nil for a file; else the page links its parts, and keeps itself up to date.
  public init(_ report: RunReport, live: LivePage? = nil) {
    self.report = report
    self.live = live
  }

  /// The examples of a page whose server hands them out by themselves, as JSON.
  public func examples() -> String { PageContext(report).examplesData }

  public func html() -> String {
    let parts = PageContext(report)
    var context = parts.values
    if let live {
      context["live"] = [
        "style": live.style, "script": live.script, "events": live.events,
        "examples": live.examples,
        "sequence": report.events.last?.sequence ?? 0,
        "links": live.links.map { ["text": $0.text, "path": $0.path] },
      ]
      // A server hands out the parts of the page by themselves.
      context["style"] = live.style
      context["script"] = live.script
    } else {
      context["style"] = PageParts.style
      context["script"] = PageParts.script
      context["scriptHash"] = PageParts.scriptHash
      context["examplesData"] = parts.examplesData
    }
    return PageParts.templates.render(context, withTemplate: "run") ?? ""
  }
}

/// What a page needs to follow a run that is at work.
public struct LivePage: Sendable {
  /// Where the page finds its style, script and examples, and where it hears of news; paths on its own
  /// server.
  public var style: String
  public var script: String
  public var examples: String
  public var events: String
  /// Links to the other pages, in order: what they say and where they lead.
  public var links: [(text: String, path: String)]

  public init(
    style: String, script: String, examples: String, events: String,
    links: [(text: String, path: String)]
  ) {
    self.style = style
    self.script = script
    self.examples = examples
    self.events = events
    self.links = links
  }
}

/// The parts that a server hands out by themselves, so that its pages may forbid what stands inline.
public enum PageParts {
  public static let style = String(decoding: PackageResources.page_css, as: UTF8.self)
  public static let script = String(decoding: PackageResources.page_js, as: UTF8.self)

  /// Names the script in a page's content security policy: base 64 of its SHA-256.
  static let scriptHash = Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString()

  static let templates: MustacheLibrary = {
    registerEscaping()
    func template(_ bytes: [UInt8]) -> MustacheTemplate {
      do {
        return try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
      } catch {
        preconditionFailure("a template of this package is malformed: \(error)")
      }
    }
    return MustacheLibrary(templates: [
      "run": template(PackageResources.run_mustache),
      "figure": template(PackageResources.figure_mustache),
      "confused": template(PackageResources.confused_mustache),
    ])
  }()
}
