import Mustache
import Reports

/// The pages as they are written, read once.
struct Templates: Sendable {
  let layout: MustacheTemplate
  let list: MustacheTemplate
  let compare: MustacheTemplate
  let examples: MustacheTemplate
  let message: MustacheTemplate

  init() throws {
    // A template names how its values are written; that must be known before it is read.
    PageParts.registerEscaping()
    func read(_ bytes: [UInt8]) throws -> MustacheTemplate {
      try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
    }
    layout = try read(PackageResources.layout_mustache)
    list = try read(PackageResources.list_mustache)
    compare = try read(PackageResources.compare_mustache)
    examples = try read(PackageResources.examples_mustache)
    message = try read(PackageResources.message_mustache)
  }
}
