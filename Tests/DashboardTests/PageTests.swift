import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import RunStorage
import Suites
import Testing
import Tuning

@Suite("The pages of the dashboard")
struct PageTests {
  static let addresses = [
    "/", "/runs/1", "/compare", "/examples", "/examples?show=train", "/examples?page=2",
    "/compare?a=c1c1c1c1c1c1c1c1&b=b0b0b0b0b0b0b0b0", "/examples?q=sealed", "/examples?q=gate",
    "/examples?checkpoint=b0b0b0b0b0b0b0b0",
  ]

  @Test("Hostile texts appear as text", arguments: addresses)
  func harmless(address: String) async throws {
    let scene = try Scene(longText: 1_000_000)
    let text = try await scene.text(address)
    #expect(!text.contains("<script>alert"))
    #expect(!text.contains("<img"))
    #expect(!text.contains("<b>\""))
    #expect(!text.contains("<i>suite"))
    #expect(!text.contains("<u>"))
    for scalar in ["\u{202E}", "\u{1B}", "\u{0}", "\u{7}"] as [Unicode.Scalar] {
      #expect(!text.unicodeScalars.contains(scalar))
    }
    #expect(text.utf8.count < 300_000)
    // Also where an accent makes one character of it and of what encloses an attribute.
    for tag in text.matches(of: #/<[A-Za-z][^>]*>/#.matchingSemantics(.unicodeScalar)) {
      let names = tag.output.replacing(#/"[^"]*"/#.matchingSemantics(.unicodeScalar), with: "")
      #expect(!names.contains("onmouseover") && !names.contains("onload"))
    }
  }

  @Test("What was typed into the search is shown as it was typed, and does nothing")
  func search() async throws {
    let scene = try Scene()
    let text = try await scene.text("/examples?q=%22%CC%81%3E%3Cimg+src=x%20onerror=1%3E%E2%80%AE")
    #expect(!text.contains("<img"))
    #expect(text.contains("&lt;img src=x onerror=1&gt;\\u{202e}"))
    #expect(text.contains("0 examples found"))
  }

  @Test(
    "Sealed examples and those of the gate are in no answer",
    arguments: addresses + ["/runs/1.json", "/runs/1/examples"])
  func sealed(address: String) async throws {
    let text = try await Scene().text(address)
    for hidden in [Scene.secret, Scene.gated] {
      #expect(!text.contains(hidden))
      #expect(!text.contains(Scene.id(hidden)))
    }
  }

  @Test(
    "An example that became sealed since is not shown, though a run once asked it on dev",
    arguments: [
      "/examples?run=2", "/examples?run=2&show=failed", "/compare", "/runs/2", "/runs/2.json",
    ])
  func sealedSince(address: String) async throws {
    let scene = try Scene()
    var events = try scene.events()
    guard case .measured(var measurement) = events[4] else { throw SceneError() }
    measurement.behaviors[0].failures.append(
      Failure(
        example: Scene.id(Scene.secret), expected: "refill", reply: "surely not", probability: 1))
    events[4] = .measured(measurement)
    try scene.record(events, closing: true)
    let answer = await scene.ask(address)
    #expect(answer.status == .ok)
    let text = try await answer.text()
    #expect(!text.contains(Scene.id(Scene.secret)) && !text.contains("surely not"))
  }

  @Test("The list names the newest run first, with its verdict")
  func list() async throws {
    let scene = try Scene()
    try scene.record(Array(scene.events().prefix(3)))
    let text = try await scene.text("/")
    let first = try #require(text.range(of: "run 2"))
    let second = try #require(text.range(of: "run 1"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(text.contains("Interrupted"))
    #expect(text.contains("Not certified"))
    #expect(text.contains("c1c1c1c1c1c1c1c1"))
    #expect(text.contains("1970-01-01 00:00:00"))
    let hold = try scene.workspace.hold()
    try await Task.sleep(for: .milliseconds(20))
    #expect(try await scene.text("/").contains("At work"))
    withExtendedLifetime(hold) {}
  }

  @Test("Examples: failed ones with reply and probability, searched, page by page")
  func examples() async throws {
    let scene = try Scene()
    let all = try await scene.text("/examples")
    #expect(all.contains("67 examples"))
    #expect(all.ranges(of: "<li data-status=").count == 50)
    #expect(all.contains("page 1 of 2"))
    #expect(all.contains("page=2"))
    let failed = try await scene.text("/examples?show=failed")
    #expect(failed.ranges(of: "data-status=\"failed\"").count == 2)
    #expect(failed.contains("answered <b>&lt;u&gt;other\\u{202e}</b> (75.0 % sure)"))
    #expect(failed.contains("behaviors/refill.jsonl:"))
    let base = try await scene.text("/examples?show=failed&checkpoint=b0b0b0b0b0b0b0b0")
    #expect(base.ranges(of: "data-status=\"failed\"").count == 7)
    #expect(base.contains("these are the first 2000"))
    let found = try await scene.text("/examples?q=DEV7+")
    #expect(found.contains("1 example found"))
    #expect(found.contains("data-status=\"passed\""))
    let train = try await scene.text("/examples?show=train&q=easy")
    #expect(train.contains("40 examples found"))
    #expect(train.contains("data-status=\"not measured\""))
    #expect(try await scene.text("/examples?behavior=none").contains("There is no behavior"))
    #expect(try await scene.text("/examples?page=99").contains("page 2 of 2"))
  }

  @Test("Examples that passed have what was answered, and how sure it was where the run noted that")
  func passed() async throws {
    let scene = try Scene()
    let before = try await scene.text("/examples?q=DEV7+")
    #expect(before.contains("answered <b>refill</b> <span"))
    let suite = try Suite.read(folder: scene.folder)
    let example = try #require(
      suite.behaviors.flatMap(\.examples).first { $0.input.hasPrefix("easy dev7 ") })
    var events = try scene.events()
    guard case .measured(var measurement) = events[4] else { throw SceneError() }
    measurement.behaviors[0].passed = [Pass(example: example.id, probability: 0.875)]
    events[4] = .measured(measurement)
    try scene.record(events, closing: true)
    let noted = try await scene.text("/examples?run=2&show=passed")
    #expect(noted.contains("1 example"))
    #expect(noted.contains("answered <b>refill</b> (87.5 % sure)"))
    let others = try await scene.text("/examples?run=2")
    #expect(others.contains("data-status=\"not asked\""))
    #expect(!others.contains("answered <b>refill</b> <span"))
  }

  @Test("Two checkpoints beside one another, with what flipped")
  func compare() async throws {
    let scene = try Scene()
    let text = try await scene.text("/compare")
    #expect(text.contains("60 of 67"))
    #expect(text.contains("65 of 67"))
    #expect(text.contains("<td class=\"number\">+5</td>"))
    #expect(text.contains("<td class=\"number\">−0</td>"))
    // Two scales, two bars.
    #expect(text.ranges(of: "<svg").count == 4)
    #expect(text.contains("5 gained, 0 lost"))
    let back = try await scene.text("/compare?a=c1c1&b=b0b0")
    #expect(back.contains("<td class=\"number\">+0</td>"))
    #expect(back.contains("<td class=\"number\">−5</td>"))
    let unknown = try await scene.text("/compare?a=nothing&b=b0b0b0b0b0b0b0b0")
    #expect(unknown.contains("There is no measured checkpoint &#39;nothing&#39;"))
  }

  @Test("A suite without runs says what to do", arguments: ["/", "/compare", "/examples"])
  func empty(path: String) async throws {
    let scene = try Scene(hasArchive: false)
    let answer = await scene.ask(path)
    #expect(answer.status == .ok)
    #expect(try await answer.text().contains("<code>hone train"))
    #expect(await scene.ask("/runs/1").status == .notFound)
  }

  @Test("A run that starts later is seen, and so is what it does")
  func later() async throws {
    let scene = try Scene(hasArchive: false)
    #expect(await scene.ask("/runs/1").status == .notFound)
    try scene.record(Array(scene.events().prefix(2)))
    try await Task.sleep(for: .milliseconds(20))
    #expect(try await scene.text("/").contains("run 1"))
    #expect(try await scene.text("/runs/1.json").ranges(of: "\"sequence\"").count == 2)
    try scene.record(scene.events(), closing: true)
    try await Task.sleep(for: .milliseconds(20))
    #expect(try await scene.text("/runs/1.json").ranges(of: "\"sequence\"").count == 7)
  }

  @Test("A damaged archive is a page that says so, and one that is mended is read")
  func damaged() async throws {
    let scene = try Scene(hasArchive: false)
    try scene.write(String(repeating: "no database ", count: 500), to: ".hone/runs.sqlite")
    for path in ["/", "/runs/1", "/runs/1.json", "/runs/1/examples", "/compare", "/examples"] {
      let answer = await scene.ask(path)
      #expect(answer.status == .internalServerError)
      let text = try await answer.text()
      #expect(text.contains("runs.sqlite: cannot be read"))
      #expect(text.contains("move it away"))
    }
    try FileManager.default.removeItem(at: scene.workspace.runs)
    try scene.record(scene.events(), closing: true)
    try await Task.sleep(for: .milliseconds(20))
    #expect(await scene.ask("/runs/1").status == .ok)
  }

  @Test("A suite with a mistake in it still shows its runs, without texts")
  func mistake() async throws {
    let scene = try Scene()
    try scene.write("hone: 1\ncliams: {}\n", to: "hone.yaml")
    let list = try await scene.text("/")
    #expect(list.contains("hone.yaml:2:1"))
    #expect(list.contains("run 1"))
    #expect(await scene.ask("/runs/1").status == .ok)
    let examples = try await scene.text("/examples")
    #expect(examples.contains("2 examples"))
    #expect(!examples.contains("<blockquote>"))
    #expect(try await scene.text("/compare").contains("The suite has no text for it any more"))
  }
}
