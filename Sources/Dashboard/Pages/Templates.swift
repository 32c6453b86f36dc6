import Mustache
import Reports

/// The pages as they are written, read once.
struct Templates: Sendable {
  let layout: MustacheTemplate
  let list: MustacheTemplate
  let compare: MustacheTemplate
  let examples: MustacheTemplate
  let message: MustacheTemplate
  let live: MustacheTemplate

  init() throws {
    // A template names how its values are written; that must be known before it is read.
    MustacheContentTypes.register(HarmlessHTML(), named: "HARMLESS")
    func read(_ bytes: [UInt8]) throws -> MustacheTemplate {
      try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
    }
    layout = try read(PackageResources.layout_mustache)
    list = try read(PackageResources.list_mustache)
    compare = try read(PackageResources.compare_mustache)
    examples = try read(PackageResources.examples_mustache)
    message = try read(PackageResources.message_mustache)
    live = try read(PackageResources.live_mustache)
  }
}

/// Text for HTML, whoever wrote it: markup is escaped, and characters that mislead are shown as what
/// they are.
///
/// Scalar by scalar: the library's own way looks at whole characters, and takes a quotation mark with
/// an accent upon it for no quotation mark.
struct HarmlessHTML: MustacheContentType {
  func escapeText(_ text: String) -> String { XMLText.escaped(text.harmless) }
}
