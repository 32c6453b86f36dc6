import Foundation
import Kernels

/// A table of embeddings in training, of which one step looks up few rows.
///
/// Only rows that were looked up have a gradient. AdamW moves the other rows too, by what is left
/// of their momentum and by weight decay: a row catches up on the steps that it missed when it is
/// looked up again, by the operations that would have been done at the time.
final class EmbeddingTable {
  let name: String
  let rows: Int
  let width: Int
  let values: FloatBuffer  // [rows, width]
  let tuning: Tuning?

  /// What a table that is tuned keeps beside its values.
  final class Tuning {
    let firstMoment: FloatBuffer  // [rows, width]
    let secondMoment: FloatBuffer  // [rows, width]
    /// Optimizer steps that each row has made. Shape [rows].
    fileprivate(set) var made: [Int32]
    /// The rows looked up since the last step, in order of first use.
    fileprivate(set) var touched: [Int32] = []
    /// A place in `gradient` for each row that was looked up; −1 for others. Shape [rows].
    fileprivate var slots: [Int32]
    fileprivate(set) var gradient = FloatBuffer(count: 0)  // [slots, width]

    fileprivate init(rows: Int, width: Int) {
      firstMoment = FloatBuffer(count: rows * width)
      secondMoment = FloatBuffer(count: rows * width)
      made = [Int32](repeating: 0, count: rows)
      slots = [Int32](repeating: -1, count: rows)
    }
  }

  /// Steps after which nothing is left of a momentum: 0.9²⁵⁶ is 2e-12.
  private static let memory = 256

  init(_ name: String, width: Int, values: [Float], isTuned: Bool) {
    precondition(values.count % width == 0, "values fill rows")
    self.name = name
    self.width = width
    rows = values.count / width
    self.values = FloatBuffer(values)
    tuning = isTuned ? Tuning(rows: rows, width: width) : nil
  }

  /// Readies rows to be read, and to collect gradients.
  func lookUp(_ ids: some Sequence<Int32>, optimizer: AdamW, history: History) {
    guard let tuning else { return }
    for id in ids where tuning.slots[Int(id)] < 0 {
      tuning.slots[Int(id)] = Int32(tuning.touched.count)
      tuning.touched.append(id)
      catchUp(Int(id), tuning, optimizer: optimizer, history: history)
    }
    let needed = tuning.touched.count * width
    if tuning.gradient.count < needed {
      let larger = FloatBuffer(count: needed * 2)
      larger.start.update(from: tuning.gradient.start, count: tuning.gradient.count)
      tuning.gradient = larger
    }
  }

  /// Adds `columns` of each row of `dx` to the gradient of the row of the table that it came from.
  ///
  /// - Parameter dx: Shape [ids, width].
  func addGradient(of ids: [Int32], _ dx: UnsafePointer<Float>, columns: Range<Int>) {
    guard let tuning else { return }
    for (row, id) in ids.enumerated() {
      let target = tuning.gradient.start + Int(tuning.slots[Int(id)]) * width
      let source = dx + row * width
      for column in columns { target[column] += source[column] }
    }
  }

  /// Of the rows that were looked up.
  var gradientSumOfSquares: Double {
    guard let tuning else { return 0 }
    return hone_sum_of_squares(tuning.gradient.start, tuning.touched.count * width)
  }

  /// The gradient with a row for every row of the table. Shape [rows, width].
  var denseGradient: [Float] {
    var dense = [Float](repeating: 0, count: rows * width)
    for (slot, id) in (tuning?.touched ?? []).enumerated() {
      for column in 0..<width {
        dense[Int(id) * width + column] = tuning!.gradient.start[slot * width + column]
      }
    }
    return dense
  }

  /// Makes the optimizer's step with the rows that were looked up; the others follow later.
  func update(optimizer: AdamW, history: History, scale: Float) {
    guard let tuning, let step = history.steps.last else { return }
    for (slot, id) in tuning.touched.enumerated() {
      let row = Int(id) * width
      optimizer.update(
        values: values.start + row, gradient: tuning.gradient.start + slot * width,
        firstMoment: tuning.firstMoment.start + row,
        secondMoment: tuning.secondMoment.start + row, count: width, step: step, decays: true,
        scale: scale)
      tuning.made[Int(id)] = Int32(history.steps.count)
    }
    dropGradient()
  }

  /// Forgets what was looked up, and its gradient.
  func dropGradient() {
    guard let tuning else { return }
    for id in tuning.touched { tuning.slots[Int(id)] = -1 }
    tuning.gradient.start.update(repeating: 0, count: tuning.touched.count * width)
    tuning.touched.removeAll(keepingCapacity: true)
  }

  /// Lets every row catch up, so that the table is what AdamW on all rows would have made.
  func catchUp(optimizer: AdamW, history: History) {
    guard let tuning else { return }
    for row in 0..<rows { catchUp(row, tuning, optimizer: optimizer, history: history) }
  }

  private func catchUp(_ row: Int, _ tuning: Tuning, optimizer: AdamW, history: History) {
    let made = Int(tuning.made[row])
    let missed = history.steps.count - made
    guard missed > 0 else { return }
    let (first, second) = (
      tuning.firstMoment.start + row * width, tuning.secondMoment.start + row * width
    )
    let own = values.start + row * width
    var settled = made
    if (0..<width).contains(where: { second[$0] != 0 }) {
      settled += min(missed, Self.memory)
      for index in made..<settled {
        optimizer.updateWithoutGradient(
          values: own, firstMoment: first, secondMoment: second, count: width,
          step: history.steps[index])
      }
    }
    let rest = history.steps.count - settled
    if rest > 0 {
      let kept = history.kept(from: settled)
      let faded = Float(pow(optimizer.beta2, Double(rest)))
      for column in 0..<width {
        own[column] *= kept
        first[column] = 0
        second[column] *= faded
      }
    }
    tuning.made[row] = Int32(history.steps.count)
  }

  /// Sets what a stored state holds; it is stored right after a step, when nothing is looked up.
  func restore(values: [Float], firstMoment: [Float], secondMoment: [Float], made: [Int32]) {
    self.values.set(values)
    tuning?.firstMoment.set(firstMoment)
    tuning?.secondMoment.set(secondMoment)
    tuning?.made = made
  }
}

extension EmbeddingTable {
  /// The optimizer's steps so far.
  struct History {
    private(set) var steps: [AdamW.Step] = []
    /// The learning rate of each.
    private(set) var rates: [Double] = []
    /// The logarithm of what weight decay left of a weight after each step, from the start.
    private var logarithms: [Double] = [0]

    mutating func append(_ step: AdamW.Step, rate: Double) {
      steps.append(step)
      rates.append(rate)
      logarithms.append(logarithms.last! + log(Double(step.kept)))
    }

    /// What decay leaves of a weight over the steps from `first` on.
    func kept(from first: Int) -> Float { Float(exp(logarithms.last! - logarithms[first])) }
  }
}
