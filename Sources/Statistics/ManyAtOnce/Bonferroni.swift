/// Bonferroni's adjusted p-values, in the order given: rejecting those of at most α keeps the chance
/// of any false rejection at α, however the tests depend on each other.
///
/// Simple, and `holm` rejects whatever it rejects and more. It is also the division for bounds that
/// shall hold together (α/m each) and for choosing among m candidates. None give none. A p-value
/// that is NaN is no evidence and counts as 1.
///
/// Source: Bonferroni (1936); Dunn (1961).
public func bonferroni(_ pValues: [Double]) -> [Double] {
  let count = Double(pValues.count)
  return pValues.map { min(1, usablePValue($0) * count) }
}
