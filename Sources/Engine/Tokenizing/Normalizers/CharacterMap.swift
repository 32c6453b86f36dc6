import Foundation

/// The table by which sentencepiece normalizes characters: `Precompiled` of `tokenizer.json`.
///
/// ```
/// length of the tree: UInt32 | tree: [UInt32], a double array | replacements, each ended by 0
/// ```
///
/// A unit of the tree holds, from the lowest bit: 8 bits of label (the byte that leads to it), one
/// that says whether a replacement belongs to the bytes so far, one that scales the offset, and the
/// offset to its children; a replacement's unit holds its place in the text of replacements.
///
/// Nothing of the file is trusted: a way that leaves the tree ends there.
///
/// Source: Darts-clone (Yata); `normalizer.cc` of sentencepiece; the crate `spm_precompiled`, whose
/// choice of the shortest match is what models were tuned with.
struct CharacterMap: Sendable {
  private let tree: [UInt32]
  private let replacements: [UInt8]

  /// Reads a normalizer's `precompiled_charsmap`, which is Base64.
  init(_ part: TokenizerPart) throws {
    guard let text = part["precompiled_charsmap"]?.string, let blob = Data(base64Encoded: text)
    else { throw part.malformed("precompiled_charsmap is missing or no Base64") }
    let bytes = Array(blob)
    let words = stride(from: 0, to: bytes.count - 3, by: 4).map { index in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
    }
    guard let length = words.first.map(Int.init), length > 0, length % 4 == 0,
      length <= bytes.count - 4
    else { throw part.malformed("precompiled_charsmap is shorter than it says") }
    tree = Array(words[1...length / 4])
    replacements = Array(bytes[(4 + length)...])
    guard String(validating: replacements, as: UTF8.self) != nil else {
      throw part.malformed("the replacements of precompiled_charsmap are no UTF-8")
    }
  }

  /// Replaces characters, those of a few bytes as a whole and others scalar by scalar.
  func normalize(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count)
    // Plain ASCII has one scalar to a character, but for the line break of Windows.
    if scalars.allSatisfy({ $0.isASCII && $0 != "\r" }) {
      for scalar in scalars { append(scalar, to: &result) }
      return result
    }
    for character in String(scalars) {
      if character.utf8.count < 6, let replacement = replacement(of: Array(character.utf8)) {
        result += replacement
      } else {
        for scalar in character.unicodeScalars { append(scalar, to: &result) }
      }
    }
    return result
  }

  private func append(_ scalar: Unicode.Scalar, to result: inout [Unicode.Scalar]) {
    if let replacement = replacement(of: UTF8.encode(scalar)!) {
      result += replacement
    } else {
      result.append(scalar)
    }
  }

  /// What stands for the shortest beginning of `bytes` that the tree knows, and so for all of it.
  private func replacement(of bytes: some Sequence<UInt8>) -> [Unicode.Scalar]? {
    var place = Self.offset(tree[0])
    for byte in bytes.prefix(while: { $0 != 0 }) {
      place ^= Int(byte)
      guard tree.indices.contains(place) else { return nil }
      let unit = tree[place]
      // The highest bit marks a replacement's unit, which no byte leads to.
      guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
      place ^= Self.offset(unit)
      guard tree.indices.contains(place) else { return nil }
      if unit & 0x100 != 0 { return text(at: Int(tree[place] & 0x7FFF_FFFF)) }
    }
    return nil
  }

  private static func offset(_ unit: UInt32) -> Int {
    Int(unit >> 10) << Int((unit & 0x200) >> 6)
  }

  private func text(at start: Int) -> [Unicode.Scalar]? {
    guard replacements.indices.contains(start) else { return nil }
    let bytes = replacements[start...].prefix { $0 != 0 }
    return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }
}
