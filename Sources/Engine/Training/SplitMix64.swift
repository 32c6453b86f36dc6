/// A small generator for initial weights and the seeds of dropout.
///
/// Source: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in (−bound, bound), from 24 bits.
  mutating func nextFloat(in bound: Float) -> Float {
    let fraction = (Float(next() >> 40) + 0.5) / Float(1 << 24)
    return (2 * fraction - 1) * bound
  }
}
