import Foundation

/// A text as it is compared with others: what is left when writing differs and wording does not.
///
/// Compatibility composition (NFKC) and case folding, without invisible characters, each run of
/// punctuation, white space and control characters one space, none at the ends:
/// `"  Where's my CARD?!"` is `where s my card`. Where nothing is left (`"???"`), the text itself,
/// trimmed and composed (NFC). Symbols (`+`, `$`, emoji) stay.
public struct NormalizedText: Sendable, Hashable {
  public let text: String

  public init(_ written: String) {
    if let plain = Self.normalizedASCII(written) {
      text = plain.isEmpty ? written.trimmed : plain
      return
    }
    let folded = written.streamSafe.compatibilityComposed.caseFolded.compatibilityComposed.spaced
    text = folded.isEmpty ? written.trimmed.composed : folded
  }

  /// A text that has been through this before.
  init(normalized: String) {
    text = normalized
  }

  /// The same for ASCII, byte by byte; nil where a byte is none.
  private static func normalizedASCII(_ written: String) -> String? {
    var written = written
    return written.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var gap = false
      for byte in bytes {
        guard byte < 0x80 else { return nil }
        if asciiSeparators[Int(byte)] {
          gap = true
          continue
        }
        if gap && !result.isEmpty { result.append(0x20) }
        gap = false
        result.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  private static let asciiSeparators = (UInt8(0)..<0x80).map { Unicode.Scalar($0).isSeparator }
}

extension Unicode.Scalar {
  /// Whether it counts as a gap between words.
  fileprivate var isSeparator: Bool {
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .spaceSeparator, .lineSeparator,
      .paragraphSeparator, .control:
      true
    default: false
    }
  }

  /// Whether nobody sees it: white space, control and default-ignorable characters.
  var isInvisible: Bool {
    properties.isWhitespace || properties.isDefaultIgnorableCodePoint
      || properties.generalCategory == .control
  }
}

extension String {
  /// Folds case scalar by scalar (upper, then lower), and drops default-ignorable characters.
  fileprivate var caseFolded: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      for upper in scalar.properties.uppercaseMapping.unicodeScalars {
        // One by one: appending views copies all that there is.
        for lower in upper.properties.lowercaseMapping.unicodeScalars { result.append(lower) }
      }
    }
    return String(result)
  }

  /// One space for each run of separators, none at the ends.
  fileprivate var spaced: String {
    var result = String.UnicodeScalarView()
    var gap = false
    for scalar in unicodeScalars {
      if scalar.isSeparator {
        gap = true
        continue
      }
      if gap && !result.isEmpty { result.append(" ") }
      gap = false
      result.append(scalar)
    }
    return String(result)
  }

  /// Without white space and byte order marks at its ends.
  var trimmed: String {
    func isGap(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isGap($0) }),
      let last = scalars.lastIndex(where: { !isGap($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Composed (NFC), so that equal strings have equal bytes.
  var composed: String {
    utf8.allSatisfy { $0 < 0x80 }
      ? self : streamSafe.inPieces(\.precomposedStringWithCanonicalMapping)
  }

  /// NFKC.
  fileprivate var compatibilityComposed: String {
    inPieces(\.precomposedStringWithCompatibilityMapping)
  }

  /// Transforms some hundred characters at a time, and joins what comes out.
  ///
  /// Composition never reaches over the edge of a character (grapheme cluster), and Foundation's
  /// takes time that grows with the square of the length.
  private func inPieces(_ transform: (String) -> String) -> String {
    guard utf8.count > 512 else { return transform(self) }
    var result = ""
    var piece = ""
    for character in self {
      piece.append(character)
      if piece.utf8.count >= 256 {
        result += transform(piece)
        piece = ""
      }
    }
    return result + transform(piece)
  }

  /// At most 30 combining marks in a row, as UAX #15 has it; what is beyond is dropped.
  ///
  /// Ordering marks takes time that grows with the square of their number.
  fileprivate var streamSafe: String {
    var marks = 0
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
      if marks <= 30 { result.append(scalar) }
    }
    return String(result)
  }

  /// Whether there is nothing in it to see.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.isInvisible) }
}
