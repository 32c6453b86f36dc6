/// Bounds that hold at every sample size at once.
///
/// With probability at least 1 − alpha the interval covers the true value for all n together, so a
/// run may look after every unit and stop when it likes. The price is an interval somewhat wider
/// than one for a size that was fixed beforehand.
///
/// For independent units; nothing seen gives 0...1, never a point.
///
/// Source: Darling and Robbins (1967); Howard, Ramdas, McAuliffe and Sekhon (2021).
public enum ConfidenceSequence {}

/// The level of a bound; nil for one that claims nothing: 0, less, or NaN. From 1 on just under 1.
func claimedLevel(_ alpha: Double) -> Double? {
  alpha > 0 ? min(alpha, 1.0.nextDown) : nil
}
