import Engine
public import Suites
public import Tuning

/// What the embeddings and a few more heads tell about the examples.
extension EmbeddedTrainer {
  /// Studies `train` and `dev` on the base's embeddings, which have seen no label: an encoder that
  /// was tuned on all of `train` would vouch for whatever the labels say there.
  ///
  /// Some twenty heads at most, each fitted once; of many examples a sample of `StudyExamples.most`.
  public func study(
    _ champion: Checkpoint, l2: Double?, suite: DealtSuite
  ) async throws -> StudyMaterial? {
    let examples = StudyExamples(suite)
    guard Set(examples.training.map(\.label)).count > 1, !examples.dev.isEmpty else { return nil }
    let (head, encoder) = try store.contents(of: champion)
    let labels = Set(suite.suite.labels + head.labels).sorted()
    let dev = examples.dev.map(\.input)
    let own = try await embedder(for: encoder, at: champion).embed(dev)
    let learned = examples.training + descriptions(beside: examples.training)
    let features = try await embedder.embed(learned.map(\.input))
    let devFeatures = encoder == nil ? own : try await embedder.embed(dev)
    let problem = HeadProblem(
      examples: learned, embeddings: features, lastLayer: embedder.encoder.dimension,
      threads: embedder.threads)
    let choice = try problem.choose(l2: encoder == nil ? l2 : nil, seed: settings.seed)
    let progress = StudyProgress(embedder.onProgress, hasCurve: encoder == nil)
    let heldOut = try problem.heldOutProbabilities(
      of: examples.train.count, choice: choice, seed: settings.seed, onFit: progress.step)
    let refits =
      encoder == nil
      ? try refits(examples, problem, choice, dev: devFeatures, onFit: progress.step) : []
    progress.end()
    let plain = features.firstRows(examples.train.count).appending(devFeatures)
      .lastColumns(embedder.encoder.dimension)
    let all = examples.all
    let pairs = plain.pairs(reaching: Float(StudyMaterial.nearlyTheSame)) {
      all[$0].expected != all[$1].expected
    }
    return StudyMaterial(
      examples: examples, labels: labels, embeddings: plain.values, columns: plain.columns,
      heldOut: Self.spread(heldOut, of: problem.labelNames, over: labels),
      champion: Self.spread(head.probabilities(own), of: head.labels, over: labels),
      refits: refits,
      noCurve: encoder == nil
        ? nil : "the encoder was tuned on all of train, so that no part of it is new to it",
      nearPairs: pairs.map {
        StudyMaterial.NearPair(
          first: $0.first, second: $0.second, similarity: min(1, Double($0.product)))
      })
  }

  /// Heads that learned from nested parts of `train`, and one that learned from all of it.
  private func refits(
    _ examples: StudyExamples, _ problem: HeadProblem, _ choice: HeadProblem.Choice,
    dev: EmbeddingMatrix, onFit: () throws -> Void
  ) throws -> [StudyMaterial.Refit] {
    let descriptions = Array(examples.train.count..<problem.labels.count)
    var refits: [StudyMaterial.Refit] = []
    for share in StudyMaterial.shares {
      for chain in 0..<(share < 1 ? StudyMaterial.chains : 1) {
        let members = examples.subset(share: share, chain: chain)
        let head = try problem.head(of: members + descriptions, choice: choice)
        let answers = head.logits(dev).map { row in
          head.labels[row.indices.max { row[$0] < row[$1] } ?? 0]
        }
        refits.append(
          StudyMaterial.Refit(
            share: share, chain: chain, members: members,
            isRight: zip(answers, examples.dev).map { $1.expected.accepts($0) }))
        try onFit()
      }
    }
    return refits
  }

  /// The same probabilities in the order of other labels; 0 for one that is not among them.
  private static func spread(
    _ rows: [[Double]], of labels: [String], over all: [String]
  ) -> [[Double]] {
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    return rows.map { row in all.map { label in places[label].map { row[$0] } ?? 0 } }
  }
}

/// Tells those who wait how many of a study's heads are made, and stops where the task is cancelled.
private final class StudyProgress {
  private let onProgress: @Sendable (WorkProgress) -> Void
  private let total: Int
  private var done = 0

  init(_ onProgress: @escaping @Sendable (WorkProgress) -> Void, hasCurve: Bool) {
    self.onProgress = onProgress
    let smaller = (StudyMaterial.shares.count - 1) * StudyMaterial.chains
    total = HeadProblem.studyFolds + (hasCurve ? smaller + 1 : 0)
  }

  func step() throws {
    try Task.checkCancellation()
    done += 1
    if done < total { tell() }
  }

  func end() {
    done = total
    tell()
  }

  private func tell() {
    onProgress(
      WorkProgress(
        activity: "looking at the examples", unit: "heads", done: done, total: total))
  }
}
