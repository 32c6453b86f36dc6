/// Hochberg's adjusted p-values, in the order given: rejecting those of at most α keeps the chance
/// of any false rejection at α for independent tests, or positively dependent ones.
///
/// Rejects whatever `holm` rejects and more, at the price of that assumption. None give none. A
/// p-value that is NaN is no evidence and counts as 1.
///
/// Source: Hochberg (1988).
public func hochberg(_ pValues: [Double]) -> [Double] {
  pValues.adjustedStepUp { rank in Double(pValues.count - rank + 1) }
}
