import Foundation
import Kernels
import Testing

@Suite("Attention agrees with its formula")
struct AttentionTests {
  /// Sizes and lengths on both sides of whole vectors, and of the queries that go together.
  static let shapes = [
    (1, 4), (2, 32), (5, 20), (6, 32), (7, 64), (16, 32), (17, 32), (33, 8), (40, 64), (61, 33),
  ]

  @Test("forward and backward", arguments: shapes)
  func attention(length: Int, size: Int) {
    let heads = 2
    let width = heads * size
    let qkv = values(length * 3 * width, seed: 1)
    let errors = values(length * width, seed: 2)
    let scale = 1 / Float(size).squareRoot()
    var out = [Float](repeating: .nan, count: length * width)
    var gradient = [Float](repeating: .nan, count: qkv.count)
    var scratch = [Float](
      repeating: .nan,
      count: max(
        hone_attention_scratch(length, size), hone_attention_backward_scratch(length, size)))
    hone_attention(qkv, &out, &scratch, length, heads, size, 0, heads, scale)
    hone_attention_backward(qkv, errors, &gradient, &scratch, length, heads, size, 0, heads, scale)
    let expected = Reference(qkv, errors, length: length, heads: heads, size: size)
    #expect(distance(out, expected.out) < 1e-5)
    #expect(distance(gradient, expected.gradient) < 1e-5)
  }

  private func values(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 23) - 1
    }
  }
}

/// softmax(q·kᵀ / √size)·v and its gradients, in Double and term by term.
private struct Reference {
  var out: [Float]
  var gradient: [Float]

  init(_ qkv: [Float], _ errors: [Float], length: Int, heads: Int, size: Int) {
    let width = heads * size
    let scale = 1 / Double(size).squareRoot()
    var out = [Double](repeating: 0, count: length * width)
    var gradient = [Double](repeating: 0, count: qkv.count)
    for head in 0..<heads {
      func place(_ part: Int, _ row: Int, _ d: Int) -> Int {
        row * 3 * width + part * width + head * size + d
      }
      func value(_ part: Int, _ row: Int, _ d: Int) -> Double { Double(qkv[place(part, row, d)]) }
      for i in 0..<length {
        let scores = (0..<length).map { j in
          (0..<size).reduce(0) { $0 + value(0, i, $1) * value(1, j, $1) } * scale
        }
        let powers = scores.map { exp($0 - scores.max()!) }
        let p = powers.map { $0 / powers.reduce(0, +) }
        func error(_ d: Int) -> Double { Double(errors[i * width + head * size + d]) }
        let dp = (0..<length).map { j in
          (0..<size).reduce(0) { $0 + error($1) * value(2, j, $1) }
        }
        let mean = zip(p, dp).reduce(0) { $0 + $1.0 * $1.1 }
        for j in 0..<length {
          let ds = p[j] * (dp[j] - mean) * scale
          for d in 0..<size {
            out[i * width + head * size + d] += p[j] * value(2, j, d)
            gradient[place(0, i, d)] += ds * value(1, j, d)
            gradient[place(1, j, d)] += ds * value(0, i, d)
            gradient[place(2, j, d)] += p[j] * error(d)
          }
        }
      }
    }
    self.out = out.map { Float($0) }
    self.gradient = gradient.map { Float($0) }
  }
}
