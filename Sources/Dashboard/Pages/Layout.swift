import Mustache

/// What stands around the content of every page.
struct Layout {
  let templates: Templates
  /// The suite's name.
  let suite: String

  /// The pages that others link to.
  static let links: [(text: String, path: String)] = [
    ("Runs", "/"), ("Compare", "/compare"), ("Examples", "/examples"),
  ]

  /// - Parameters:
  ///   - body: HTML, from a template.
  ///   - events: Where the page hears of news; nil for one that stays as it is.
  func page(title: String, body: String, current: String? = nil, events: String? = nil) -> String {
    struct Link {
      var text: String
      var path: String
      var isCurrent: Bool
    }
    struct Values {
      var title: String
      var suite: String
      var links: [Link]
      var events: String?
      var body: String
    }
    return templates.layout.render(
      Values(
        title: "\(title) · \(suite)", suite: suite,
        links: Self.links.map {
          Link(text: $0.text, path: $0.path, isCurrent: $0.path == current)
        }, events: events, body: body))
  }

  /// A page that says something, with one link.
  func message(
    _ heading: String, _ lines: [String], link: (text: String, path: String)? = ("All runs", "/")
  ) -> String {
    struct Link {
      var text: String
      var path: String
    }
    struct Values {
      var heading: String
      var lines: [String]
      var link: Link?
    }
    let body = templates.message.render(
      Values(
        heading: heading, lines: lines, link: link.map { Link(text: $0.text, path: $0.path) }))
    return page(title: heading, body: body)
  }
}
