import Suites
import Testing

@Suite("Texts that differ in writing only are one")
struct NormalizedTextTests {
  @Test(
    "normalised",
    arguments: [
      ("  Where's my CARD?!", "where s my card"),
      ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
      ("ﬁne", "fine"),
      ("STRASSE", "strasse"),
      ("Straße", "strasse"),
      ("ΟΔΟΣ", "οδοσ"),
      ("οδος", "οδοσ"),
      ("e\u{301}", "é"),
      ("a\u{200B}b\u{AD}c", "abc"),
      ("a\u{0}b\tc\r\nd", "a b c d"),
      ("???", "???"),
      ("  … ", "…"),
      ("C++", "c++"),
      ("👩‍⚕️ ok", "👩⚕ ok"),
      ("", ""),
      ("½", "1⁄2"),
    ])
  func normalized(_ written: String, _ text: String) {
    #expect(NormalizedText(written).text.unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test("what is normalised stays as it is")
  func idempotent() {
    var generator = SeededGenerator(5)
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let ranges: [ClosedRange<UInt32>] = [0...0x7F, 0x80...0x24F, 0x300...0x36F, 0x370...0x1FFF, 0xFB00...0xFFFF, 0x1F300...0x1FAFF]
        let range = ranges.randomElement(using: &generator) ?? 0...0x7F
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
          text.append(scalar)
        }
      }
      let once = NormalizedText(String(text)).text
      #expect(
        NormalizedText(once).text.unicodeScalars.elementsEqual(once.unicodeScalars),
        "\(text.map { String($0.value, radix: 16) })")
    }
  }
}
