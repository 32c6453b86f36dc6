/// Benjamini and Hochberg's adjusted p-values, in the order given: of those rejected at α at most a
/// share α is false, on average, for independent tests, or positively dependent ones.
///
/// For screening many behaviors, not for accusing one. None give none. A p-value that is NaN is no
/// evidence and counts as 1.
///
/// Source: Benjamini and Hochberg (1995).
public func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
  pValues.adjustedStepUp { rank in Double(pValues.count) / Double(rank) }
}
