import Foundation
import Kernels

/// Adam with decoupled weight decay and bias correction, over all tuned tensors of a model.
///
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// w ← w·(1 − η·λ) − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
///
/// Source: Loshchilov and Hutter (2019), algorithm 2; the order of operations is PyTorch's.
package struct AdamW {
  var beta1 = 0.9
  var beta2 = 0.999
  var epsilon = 1e-8
  /// λ, of tensors that decay.
  var decay = 0.01
  /// Gradients together are scaled down to this L2 length at most.
  var largestNorm = 1.0

  /// What one step does to every element, apart from the element.
  package struct Step {
    var rate: Float
    var kept: Float
    var correction1: Float
    var correction2: Float
  }

  package init() {}

  /// - Parameter number: Counted from 1.
  package func step(_ number: Int, rate: Double) -> Step {
    Step(
      rate: Float(rate), kept: Float(1 - rate * decay),
      correction1: Float(1 - pow(beta1, Double(number))),
      correction2: Float(1 - pow(beta2, Double(number))))
  }

  /// What the gradient is multiplied by so that its length is at most `largestNorm`.
  func clipping(norm: Double) -> Float {
    // PyTorch's clip_grad_norm_ adds the same 1e-6.
    Float(min(1, largestNorm / (norm + 1e-6)))
  }

  package func update(
    values: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    firstMoment: UnsafeMutablePointer<Float>, secondMoment: UnsafeMutablePointer<Float>,
    count: Int, step: Step, decays: Bool, scale: Float
  ) {
    hone_adamw(
      values, gradient, firstMoment, secondMoment, count, step.rate, decays ? step.kept : 1,
      Float(beta1), Float(beta2), Float(epsilon), step.correction1, step.correction2, scale)
  }

  func updateWithoutGradient(
    values: UnsafeMutablePointer<Float>, firstMoment: UnsafeMutablePointer<Float>,
    secondMoment: UnsafeMutablePointer<Float>, count: Int, step: Step
  ) {
    hone_adamw_without_gradient(
      values, firstMoment, secondMoment, count, step.rate, step.kept, Float(beta1), Float(beta2),
      Float(epsilon), step.correction1, step.correction2)
  }
}
