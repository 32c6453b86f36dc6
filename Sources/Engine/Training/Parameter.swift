/// A tensor of the model in training: values, and where it is tuned, its gradient and the two
/// moments that AdamW keeps.
final class Parameter {
  let name: String
  let shape: [Int]
  /// Whether weight decay applies: to matrices, and neither to biases nor to layer norms.
  let decays: Bool
  let values: FloatBuffer
  let tuning: Tuning?

  struct Tuning {
    let gradient: FloatBuffer
    let firstMoment: FloatBuffer
    let secondMoment: FloatBuffer
  }

  init(_ name: String, shape: [Int], values: [Float], decays: Bool, isTuned: Bool) {
    precondition(shape.reduce(1, *) == values.count, "values fill the shape")
    self.name = name
    self.shape = shape
    self.decays = decays
    self.values = FloatBuffer(values)
    tuning =
      isTuned
      ? Tuning(
        gradient: FloatBuffer(count: values.count), firstMoment: FloatBuffer(count: values.count),
        secondMoment: FloatBuffer(count: values.count)) : nil
  }

  var count: Int { values.count }
  var isTuned: Bool { tuning != nil }
}
