import HoneCommands
import Testing

@Suite("Redrawing in place")
struct RedrawnBlockTests {
  private struct Stage {
    var screen = Screen(columns: 80, rows: 24)
    var block = RedrawnBlock()

    mutating func show(_ lines: [String], above: [String] = []) {
      screen.write(
        block.frame(
          lines, above: above,
          size: RedrawnBlock.Size(columns: screen.columns, rows: screen.rowCount)))
    }
  }

  private static func lines(_ frame: Int, count: Int = 5, width: Int = 40) -> [String] {
    (0..<count).map { line in
      let text = "line \(line) of frame \(line % 2 == 0 ? 0 : frame)"
      return text + String(repeating: ".", count: max(0, width - text.count))
    }
  }

  @Test("The screen shows what stays, once, and below it the newest frame")
  func frames() {
    var stage = Stage()
    var stays: [String] = []
    for frame in 0..<60 {
      let above = frame % 7 == 3 ? ["decision \(frame)", "with a reason"] : []
      stays += above
      let count = 3 + frame % 4
      stage.show(Self.lines(frame, count: count), above: above)
      #expect(stage.screen.all == stays + Self.lines(frame, count: count))
      #expect(stage.screen.cursor.column == 0)
      #expect(stage.screen.isCursorShown && stage.screen.wraps)
    }
    stage.show([])
    #expect(stage.screen.all == stays)
    #expect(stage.screen.unknown.isEmpty)
  }

  @Test("Only lines that changed are written; nothing where none did")
  func changes() {
    var stage = Stage()
    stage.show(Self.lines(1))
    let size = RedrawnBlock.Size(columns: 80, rows: 24)
    #expect(stage.block.frame(Self.lines(1), size: size) == "")
    let bytes = stage.block.frame(Self.lines(2), size: size)
    #expect(bytes.contains("line 1 of frame 2") && bytes.contains("line 3 of frame 2"))
    #expect(!bytes.contains("line 0") && !bytes.contains("line 2") && !bytes.contains("line 4"))
    #expect(bytes.hasPrefix("\u{1B}[?2026h\u{1B}[?25l"))
    #expect(bytes.hasSuffix("\u{1B}[?25h\u{1B}[?2026l"))
  }

  @Test("Long lines that stay are wrapped by the terminal, and the block follows them")
  func longLines() {
    var stage = Stage()
    stage.show(Self.lines(1))
    let long = String(repeating: "reason ", count: 30)
    stage.show(Self.lines(2), above: [long])
    let shown = stage.screen.all
    #expect(shown.dropLast(5).joined() == long.dropLast(1))
    #expect(Array(shown.suffix(5)) == Self.lines(2))
  }

  @Test(
    "Resized, no piece of an old frame is left",
    arguments: [
      [(50, 24)], [(120, 40)], [(50, 24), (80, 24)], [(30, 24), (50, 20), (120, 40), (80, 24)],
      [(80, 8)], [(40, 14), (80, 24)],
    ] as [[(Int, Int)]])
  func resizing(sizes: [(Int, Int)]) {
    var stage = Stage()
    let stays = (0..<6).map { "decision \($0)" }
    stage.show(Self.lines(0, width: 70), above: stays)
    for (frame, (columns, rows)) in sizes.enumerated() {
      stage.screen.resize(columns: columns, rows: rows)
      let lines = Self.lines(frame, width: columns - 1)
      stage.show(lines)
      #expect(stage.screen.all == stays + lines)
      // And the next frame, which writes less.
      let next = Self.lines(frame + 1, width: columns - 1)
      stage.show(next, above: [])
      #expect(stage.screen.all == stays + next)
    }
  }

  @Test("More lines than rows: the rest is left out, and what stays scrolls away")
  func tooMany() {
    var stage = Stage()
    stage.show(Self.lines(0, count: 100), above: (0..<30).map { "decision \($0)" })
    #expect(stage.screen.visible.count == 24)
    #expect(stage.screen.visible.dropLast() == Self.lines(0, count: 23)[...])
    stage.show(Self.lines(1, count: 100))
    #expect(Array(stage.screen.all.prefix(30)) == (0..<30).map { "decision \($0)" })
    #expect(stage.screen.all.count == 53)
    stage.screen.resize(columns: 80, rows: 10)
    stage.show(Self.lines(2, count: 100))
    #expect(stage.screen.visible.dropLast() == Self.lines(2, count: 9)[...])
  }

  @Test("Left as it is, the next frame is drawn where the cursor is then")
  func left() {
    var stage = Stage()
    stage.show(Self.lines(0))
    stage.screen.write("[1]+ Stopped\r\n$ fg\r\n")
    stage.block.leave()
    stage.show(Self.lines(1))
    #expect(stage.screen.all == Self.lines(0) + ["[1]+ Stopped", "$ fg"] + Self.lines(1))
  }

  @Test("A line that is wider than it was thought to be is cut, not wrapped")
  func misjudged() {
    var stage = Stage()
    let wide = String(repeating: "\u{2764}\u{FE0F}", count: 100)
    stage.show([wide, "next"])
    stage.show([wide, "after"])
    #expect(stage.screen.all.count == 2)
    #expect(stage.screen.all.last == "after")
  }
}
