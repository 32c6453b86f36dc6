/// Holm's adjusted p-values, in the order given: rejecting those of at most α keeps the chance of
/// any false rejection at α, however the tests depend on each other.
///
/// For accusing single behaviors of having regressed. None give none. A p-value that is NaN is no
/// evidence and counts as 1.
///
/// Source: Holm (1979).
public func holm(_ pValues: [Double]) -> [Double] {
  pValues.adjustedStepDown { rank in Double(pValues.count - rank + 1) }
}
