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

  @Test("long texts are normalised as short ones are, and in no more than their share of time")
  func long() {
    for part in ["e\u{301} ", "ﷺ", "が", "한", "각\u{11A8}", "ｶﾞ", "é日", "👩‍⚕️!"] {
      let one = NormalizedText(part).text
      let many = NormalizedText(String(repeating: part + " x ", count: 20_000)).text
      #expect(many == Array(repeating: one + " x", count: 20_000).joined(separator: " "), "\(part)")
    }
    let marks = "a" + String(repeating: "\u{301}\u{323}", count: 250_000)
    #expect(NormalizedText(marks) == NormalizedText(marks + marks.dropFirst()))
  }

  @Test("what is normalised stays as it is")
  func idempotent() {
    var generator = SeededGenerator(5)
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let ranges: [ClosedRange<UInt32>] = [
          0...0x7F, 0x80...0x24F, 0x300...0x36F, 0x370...0x1FFF, 0xFB00...0xFFFF, 0x1F300...0x1FAFF,
        ]
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
