/// The family of an encoder: what its settings and its tensors are called.
///
/// All are the transformer encoder of BERT, layer norms after the residual sums, and differ in
/// names and in what is added to a word's embedding. `config.json` says `model_type: "roberta"`,
/// and the raw value is that word.
///
/// Source: the modeling and configuration files of Hugging Face transformers.
package enum EncoderArchitecture: String, Sendable, Hashable, CaseIterable {
  case bert
  case distilbert
  case roberta
  case xlmRoberta = "xlm-roberta"

  // MARK: - config.json

  /// The keys of `config.json` that say how large an encoder is.
  struct ConfigurationKeys: Sendable {
    var hiddenSize = "hidden_size"
    var layers = "num_hidden_layers"
    var heads = "num_attention_heads"
    var intermediateSize = "intermediate_size"
    var activation = "hidden_act"
    /// Nil where the architecture has no token types.
    var typeVocabularySize: String? = "type_vocab_size"
    /// Nil where the epsilon is always BERT's.
    var layerNormEpsilon: String? = "layer_norm_eps"
  }

  var configurationKeys: ConfigurationKeys {
    switch self {
    case .bert, .roberta, .xlmRoberta: ConfigurationKeys()
    case .distilbert:
      ConfigurationKeys(
        hiddenSize: "dim", layers: "n_layers", heads: "n_heads", intermediateSize: "hidden_dim",
        activation: "activation", typeVocabularySize: nil, layerNormEpsilon: nil)
    }
  }

  /// Whether positions are counted from the one after the padding token's id: row `padding + 1`
  /// of the position embeddings belongs to the first token.
  var countsPositionsFromPadding: Bool {
    switch self {
    case .bert, .distilbert: false
    case .roberta, .xlmRoberta: true
    }
  }

  // MARK: - Names

  /// What stands before all names where a class with a head is around the encoder, e.g.
  /// `roberta.` in `roberta.encoder.layer.0.output.dense.weight`.
  package var rootPrefix: String {
    switch self {
    case .bert: "bert."
    case .distilbert: "distilbert."
    case .roberta, .xlmRoberta: "roberta."
    }
  }

  /// The modules below the layers, without `rootPrefix`.
  ///
  /// Word, position and type embeddings have a tensor `<module>.weight`; the norm has
  /// `<module>.weight` and `<module>.bias`.
  package struct EmbeddingNames: Sendable, Hashable {
    package var words = "embeddings.word_embeddings"
    package var positions = "embeddings.position_embeddings"
    /// Nil where the architecture has no token types.
    package var types: String? = "embeddings.token_type_embeddings"
    package var norm = "embeddings.LayerNorm"
  }

  package var embeddingNames: EmbeddingNames {
    EmbeddingNames(types: self == .distilbert ? nil : EmbeddingNames().types)
  }

  /// The modules of a layer, without `rootPrefix`, e.g.
  /// `encoder.layer.0.attention.self.query` or `transformer.layer.0.attention.q_lin`.
  ///
  /// Each has the tensors `<module>.weight` and `<module>.bias`. PEFT names an adapter's tensors
  /// by the same paths, and its targets by their ends.
  package struct LayerNames: Sendable, Hashable {
    package var query: String
    package var key: String
    package var value: String
    package var attentionOutput: String
    package var attentionNorm: String
    package var intermediate: String
    package var output: String
    package var outputNorm: String
  }

  /// - Parameter layer: Counted from 0, as in the names.
  package func names(layer: Int) -> LayerNames {
    switch self {
    case .bert, .roberta, .xlmRoberta:
      let root = "encoder.layer.\(layer)"
      return LayerNames(
        query: "\(root).attention.self.query",
        key: "\(root).attention.self.key",
        value: "\(root).attention.self.value",
        attentionOutput: "\(root).attention.output.dense",
        attentionNorm: "\(root).attention.output.LayerNorm",
        intermediate: "\(root).intermediate.dense",
        output: "\(root).output.dense",
        outputNorm: "\(root).output.LayerNorm")
    case .distilbert:
      let root = "transformer.layer.\(layer)"
      return LayerNames(
        query: "\(root).attention.q_lin",
        key: "\(root).attention.k_lin",
        value: "\(root).attention.v_lin",
        attentionOutput: "\(root).attention.out_lin",
        attentionNorm: "\(root).sa_layer_norm",
        intermediate: "\(root).ffn.lin1",
        output: "\(root).ffn.lin2",
        outputNorm: "\(root).output_layer_norm")
    }
  }
}
