import Foundation

/// Draws texts of one label together and of different labels apart.
///
/// Every text of a batch is an anchor; the others with its label are what it should be near:
/// L = −mean over anchors i and their positives p of ln(exp(sᵢₚ/τ) / Σⱼ≠ᵢ exp(sᵢⱼ/τ)),
/// with s the cosine of the features. Anchors without a positive are left out.
///
/// Source: Khosla et al. (2020), "Supervised contrastive learning", equation 2.
enum ContrastiveLoss {
  static let temperature = 0.1

  /// - Parameters:
  ///   - features: [examples, width].
  ///   - width: Floats of a row; rows may be of several blocks of length 1.
  ///   - labels: [examples].
  ///   - errors: Set to the gradient of the features.
  static func loss(
    features: FloatBuffer, width: Int, labels: [Int], errors: FloatBuffer
  ) -> Double {
    let count = labels.count
    let similarities = FloatBuffer(count: count * count)
    BLAS.multiply(
      features.matrix(width), by: features.matrix(width), transposingSecond: true,
      into: similarities.matrix(count), rows: count, columns: count, depth: width)
    let lengths = (0..<count).map { Double(similarities.start[$0 * count + $0]).squareRoot() }
    let anchors = labels.indices.filter { anchor in
      labels.indices.contains { $0 != anchor && labels[$0] == labels[anchor] }
    }
    // slopes: of the cosines, [count, count].
    let slopes = FloatBuffer(count: count * count)
    var loss = 0.0
    for anchor in anchors {
      loss += settle(
        anchor, similarities.start + anchor * count, lengths, labels,
        slopes.start + anchor * count, share: 1 / Double(anchors.count))
    }
    // All features have the same length, which is a constant: s = f·fᵀ / length².
    let scale = lengths.first.map { 1 / ($0 * $0) } ?? 0
    BLAS.multiply(
      slopes.matrix(count), by: features.matrix(width), scale: Float(scale),
      into: errors.matrix(width), rows: count, columns: width, depth: count)
    BLAS.multiply(
      slopes.matrix(count), transposed: true, by: features.matrix(width), scale: Float(scale),
      into: errors.matrix(width), adding: true, rows: count, columns: width, depth: count)
    return loss
  }

  /// The loss of one anchor, times `share`; sets the gradient of its cosines.
  private static func settle(
    _ anchor: Int, _ similarities: UnsafePointer<Float>, _ lengths: [Double], _ labels: [Int],
    _ slopes: UnsafeMutablePointer<Float>, share: Double
  ) -> Double {
    let scaled = labels.indices.map {
      $0 == anchor
        ? -Double.infinity
        : Double(similarities[$0]) / (lengths[anchor] * lengths[$0]) / temperature
    }
    let positives = labels.indices.filter { $0 != anchor && labels[$0] == labels[anchor] }
    let largest = scaled.max() ?? 0
    let sum = scaled.reduce(0) { $0 + exp($1 - largest) }
    let each = 1 / Double(positives.count)
    for index in labels.indices where index != anchor {
      let target = labels[index] == labels[anchor] ? each : 0
      slopes[index] = Float(
        share * (exp(scaled[index] - largest) / sum - target) / temperature)
    }
    let logSum = log(sum) + largest
    return share * positives.reduce(0) { $0 + each * (logSum - scaled[$1]) }
  }
}
