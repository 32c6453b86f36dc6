/// Cleans, lowercases and strips accents, as `BertNormalizer` of `tokenizer.json` says.
struct BertNormalizer: Sendable {
  var cleansText: Bool
  var separatesIdeographs: Bool
  var stripsAccents: Bool
  var lowercases: Bool

  init(_ part: TokenizerPart) throws {
    cleansText = try part.flag("clean_text", otherwise: true)
    separatesIdeographs = try part.flag("handle_chinese_chars", otherwise: true)
    lowercases = try part.flag("lowercase", otherwise: true)
    stripsAccents = try part.flag("strip_accents", otherwise: lowercases)
  }

  func normalize(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(scalars.count)
    var isASCII = true
    for scalar in scalars {
      if !scalar.isASCII { isASCII = false }
      if cleansText {
        if scalar.value == 0 || scalar.value == 0xFFFD || CharacterClasses.isControl(scalar) {
          continue
        }
        if CharacterClasses.isBlank(scalar) {
          result.append(" ")
          continue
        }
      }
      if separatesIdeographs && CharacterClasses.isIdeograph(scalar) {
        result += [" ", scalar, " "]
      } else {
        result.append(scalar)
      }
    }
    if stripsAccents && !isASCII { result = withoutAccents(result) }
    if lowercases { result = lowercased(result, isASCII: isASCII) }
    return result
  }

  /// Canonical decomposition without the nonspacing marks.
  private func withoutAccents(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    NormalizationForm.canonicalDecomposed.normalize(scalars[...]).filter {
      !CharacterClasses.isNonspacingMark($0)
    }
  }

  /// Character by character, without regard to what stands around it.
  private func lowercased(_ scalars: [Unicode.Scalar], isASCII: Bool) -> [Unicode.Scalar] {
    if isASCII {
      return scalars.map { ("A"..."Z").contains($0) ? Unicode.Scalar($0.value + 32)! : $0 }
    }
    return scalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
  }
}
