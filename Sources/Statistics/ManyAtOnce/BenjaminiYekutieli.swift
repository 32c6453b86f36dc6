/// Benjamini and Yekutieli's adjusted p-values, in the order given: of those rejected at α at most a
/// share α is false, on average, however the tests depend on each other.
///
/// Those of `benjaminiHochberg` times 1 + 1/2 + … + 1/m. None give none. A p-value that is NaN is no
/// evidence and counts as 1.
///
/// Source: Benjamini and Yekutieli (2001).
public func benjaminiYekutieli(_ pValues: [Double]) -> [Double] {
  guard !pValues.isEmpty else { return [] }
  let harmonic = (1...pValues.count).reversed().reduce(0) { $0 + 1 / Double($1) }
  return pValues.adjustedStepUp { rank in harmonic * Double(pValues.count) / Double(rank) }
}
