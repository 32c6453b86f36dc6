/// What a trainer found out about `train` and `dev` for a diagnosis: embeddings, probabilities, and
/// what heads make of `dev` that learned from less. `TrainingStudy` draws the conclusions.
///
/// The same champion and suite give the same bits on any number of threads.
public struct StudyMaterial: Sendable, Hashable {
  public var examples: StudyExamples
  /// In the order of all probabilities.
  public var labels: [String]
  /// Of an encoder that has seen no label, at length 1; `train`, then `dev`. Shape
  /// [examples.all, columns].
  public var embeddings: [Float]
  public var columns: Int
  /// Of each example of `train`, by a head that learned from none of its cluster. Empty where there
  /// are too few clusters to hold any out. Shape [train][labels].
  public var heldOut: [[Double]]
  /// Of each example of `dev`, by the champion. Shape [dev][labels].
  public var champion: [[Double]]
  /// Heads that learned from a part of `train`, or from all of it; empty where no curve is to be had.
  public var refits: [Refit]
  /// Why there are none, e.g. "the encoder was tuned on all of train".
  public var noCurve: String?
  /// Pairs with different expectations whose similarity is at least `nearlyTheSame`.
  public var nearPairs: [NearPair]

  /// The cosine from which two texts count as nearly the same. With the base model texts that
  /// differ in a word or two are above it, and retellings of one message in other words below.
  public static let nearlyTheSame = 0.9
  /// The shares of `train` that a curve is made of.
  public static let shares = [0.125, 0.25, 0.5, 1]
  /// How many times the smaller shares are drawn.
  public static let chains = 3

  /// One head that learned from a share of `train`.
  public struct Refit: Sendable, Hashable {
    /// One of `shares`.
    public var share: Double
    public var chain: Int
    /// What it learned from, as indices into `examples.train`.
    public var members: [Int]
    /// Whether it is right. Shape [dev].
    public var isRight: [Bool]

    public init(share: Double, chain: Int, members: [Int], isRight: [Bool]) {
      self.share = share
      self.chain = chain
      self.members = members
      self.isRight = isRight
    }
  }

  /// Two of `examples.all`, by their places in it.
  public struct NearPair: Sendable, Hashable {
    public var first: Int
    public var second: Int
    public var similarity: Double

    public init(first: Int, second: Int, similarity: Double) {
      self.first = first
      self.second = second
      self.similarity = similarity
    }
  }

  public init(
    examples: StudyExamples, labels: [String], embeddings: [Float], columns: Int,
    heldOut: [[Double]], champion: [[Double]], refits: [Refit], noCurve: String? = nil,
    nearPairs: [NearPair]
  ) {
    precondition(embeddings.count == examples.all.count * columns, "every example is embedded")
    precondition(champion.count == examples.dev.count, "the champion answers all of dev")
    precondition(
      heldOut.isEmpty || heldOut.count == examples.train.count, "all of train is held out once")
    self.examples = examples
    self.labels = labels
    self.embeddings = embeddings
    self.columns = columns
    self.heldOut = heldOut
    self.champion = champion
    self.refits = refits
    self.noCurve = noCurve
    self.nearPairs = nearPairs
  }

  /// Of two of `examples.all`.
  func similarity(_ first: Int, _ second: Int) -> Double {
    var total: Float = 0
    embeddings.withUnsafeBufferPointer { values in
      for column in 0..<columns {
        total += values[first * columns + column] * values[second * columns + column]
      }
    }
    return Double(total)
  }

  /// What the champion answers to an example of `dev`, as an index into `labels`.
  func answer(_ dev: Int) -> Int? {
    let row = champion[dev]
    return row.indices.max { row[$0] < row[$1] }
  }
}
