import Foundation

/// A normalization form of Unicode.
///
/// The reference tokenizers have older tables: combining marks that came with Unicode 13 and later
/// keep their order there.
enum NormalizationForm: String, Sendable {
  case canonicalComposed = "NFC"
  case canonicalDecomposed = "NFD"
  case compatibilityComposed = "NFKC"
  case compatibilityDecomposed = "NFKD"

  func normalize(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    if scalars.allSatisfy(\.isASCII) { return Array(scalars) }
    let text = String(scalars)
    let normalized =
      switch self {
      case .canonicalComposed: text.precomposedStringWithCanonicalMapping
      case .canonicalDecomposed: text.decomposedStringWithCanonicalMapping
      case .compatibilityComposed: text.precomposedStringWithCompatibilityMapping
      case .compatibilityDecomposed: text.decomposedStringWithCompatibilityMapping
      }
    return Array(normalized.unicodeScalars)
  }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
