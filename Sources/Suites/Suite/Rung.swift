/// A tuning method. The ladder goes from cheap to dear, in the order of the cases.
public enum Rung: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Multinomial logistic regression on the embeddings of an encoder that stays as it is.
  case head
  /// Low-rank adapters beside the linear layers of the encoder, and a head fitted anew.
  case lora
  /// All weights of the encoder, and a head fitted anew.
  case full

  /// Whether the method changes the encoder, which takes minutes where a head takes a second.
  public var changesEncoder: Bool { self != .head }

  public static func < (cheaper: Rung, dearer: Rung) -> Bool {
    allCases.firstIndex(of: cheaper)! < allCases.firstIndex(of: dearer)!
  }
}
