import Engine
import Foundation
import Testing

/// Folders that this engine would run wrongly: each is refused by the name of what it asks for.
@Suite("Settings of a model's folder")
struct EncoderSettingsTests {
  static func error(of copy: ModelCopy) -> String? {
    HostileFileTests.error { _ = try SentenceEncoder(folder: copy.folder) }
  }

  @Test(
    "A configuration of another kind",
    arguments: [
      ("bert", "model_type", #""albert""#, "model_type 'albert' is not supported"),
      (
        "bert", "model_type", #""deberta-v2""#, "Supported: bert, distilbert, roberta, xlm-roberta."
      ),
      ("bert", "model_type", #""mpnet""#, "model_type 'mpnet' is not supported"),
      ("bert", "model_type", "7", "model_type '7' is not supported"),
      (
        "bert", "position_embedding_type", #""relative_key""#,
        "position_embedding_type 'relative_key'"
      ),
      ("bert", "hidden_act", #""gelu_new""#, "hidden_act 'gelu_new' is not supported"),
      ("bert", "hidden_act", #"["gelu"]"#, "hidden_act 'a list' is not supported"),
      ("distilbert", "activation", #""relu""#, "activation 'relu' is not supported"),
      ("distilbert", "dim", "15", "dim is no multiple of n_heads"),
      ("distilbert", "n_layers", "null", "n_layers is missing or out of range"),
      ("roberta", "is_decoder", "true", "is_decoder is not supported"),
      ("roberta", "is_encoder_decoder", "true", "is_encoder_decoder is not supported"),
      ("roberta", "pad_token_id", "41", "pad_token_id leaves no room in max_position_embeddings"),
      ("roberta", "pad_token_id", "-1", "pad_token_id leaves no room"),
      ("roberta", "type_vocab_size", "2", "'embeddings.token_type_embeddings.weight' has shape"),
      ("bert", "embedding_size", "8", "embedding_size 8 beside hidden_size 16 is not supported"),
      ("bert", "auto_map", #"{"AutoModel":"own.Model"}"#, "auto_map is not supported"),
      ("bert", "quantization_config", #"{"bits":4}"#, "quantization_config is not supported"),
      ("bert", "pruned_heads", #"{"0":[1]}"#, "pruned_heads is not supported"),
      ("bert", "vocab_size", "4194304", "has shape [601, 16], expected [4194304, 16]"),
      ("bert", "vocab_size", "4194305", "vocab_size is missing or out of range"),
      ("bert", "vocab_size", "600", "it knows 601 tokens, and the model 600"),
      ("bert", "max_position_embeddings", "2", "it puts 2 tokens around each text"),
    ] as [(String, String, String, String)])
  func configuration(model: String, key: String, value: String, message: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: model, in: folder)
      try copy.set(key, in: "config.json", to: value)
      let error = Self.error(of: copy)
      #expect(error?.contains(message) == true, "\(error ?? "it loaded")")
    }
  }

  @Test(
    "A setting of sentence-transformers that changes embeddings",
    arguments: [
      (
        "1_Pooling/config.json", #"{"pooling_mode_cls_token":true}"#,
        "pooling by pooling_mode_cls_token"
      ),
      (
        "1_Pooling/config.json",
        #"{"pooling_mode_mean_tokens":true,"pooling_mode_max_tokens":true}"#,
        "pooling by pooling_mode_max_tokens, pooling_mode_mean_tokens is not supported"
      ),
      ("1_Pooling/config.json", #"{"pooling_mode":"cls"}"#, "pooling_mode 'cls' is not supported"),
      ("1_Pooling/config.json", #"{"pooling_mode":["mean","max"]}"#, "pooling_mode 'mean, max'"),
      (
        "sentence_bert_config.json", #"{"max_seq_length":20,"do_lower_case":true}"#, "do_lower_case"
      ),
      ("sentence_bert_config.json", #"{"max_seq_length":2}"#, "max_seq_length is missing"),
      ("sentence_bert_config.json", #"{"transformer_task":"fill-mask"}"#, "'fill-mask'"),
      (
        "config_sentence_transformers.json", #"{"default_prompt_name":"query"}"#,
        "default_prompt_name 'query' is not supported"
      ),
      ("modules.json", "{}", "it is no list of modules"),
      ("modules.json", "[]", "a model without a folder for its Pooling is not supported"),
      (
        "modules.json",
        #"[{"path":"","type":"a.Transformer"},{"path":"2_Dense","type":"a.Dense"}]"#,
        "the module a.Dense in '2_Dense' is not supported"
      ),
      (
        "modules.json", #"[{"path":"0_Transformer","type":"a.Transformer"}]"#,
        "a Transformer in the folder '0_Transformer' is not supported"
      ),
      (
        "modules.json", #"[{"path":"../x","type":"a.Pooling"}]"#,
        "the module a.Pooling in '../x' is not supported"
      ),
    ])
  func sentenceTransformers(file: String, content: String, message: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      try copy.write(content, to: file)
      let error = Self.error(of: copy)
      #expect(error?.contains(message) == true, "\(error ?? "it loaded")")
      #expect(error?.hasPrefix(copy.folder.appendingPathComponent(file).path) == true)
    }
  }

  @Test(
    "Weights in another format say what to do",
    arguments: ["model.safetensors.index.json", "pytorch_model.bin"])
  func otherWeights(name: String) throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      try copy.remove("model.safetensors")
      try copy.write("{}", to: name)
      let error = Self.error(of: copy)
      #expect(error?.contains("\(name): ") == true, "\(error ?? "it loaded")")
      #expect(error?.contains("AutoModel.from_pretrained(folder).save_pretrained(") == true)
    }
  }

  @Test("Mean pooling, lengths and modules as sentence-transformers writes them, old and new")
  func known() throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      try copy.write(
        #"{"max_seq_length":20,"do_lower_case":false}"#, to: "sentence_bert_config.json")
      try copy.write(#"{"pooling_mode_mean_tokens":true}"#, to: "1_Pooling/config.json")
      #expect(try SentenceEncoder(folder: copy.folder).maximumLength == 20)
      try copy.write(
        #"""
        [{"path":"","type":"sentence_transformers.base.modules.transformer.Transformer"},
        {"path":"1_Mean","type":"sentence_transformers.models.Pooling"},
        {"path":"2_Normalize","type":"sentence_transformers.models.Normalize"}]
        """#, to: "modules.json")
      try copy.write(#"{"pooling_mode":"mean"}"#, to: "1_Mean/config.json")
      try copy.write(#"{"transformer_task":"feature-extraction"}"#, to: "sentence_bert_config.json")
      try copy.write(#"{"model_max_length":30}"#, to: "tokenizer_config.json")
      #expect(try SentenceEncoder(folder: copy.folder).maximumLength == 30)
      try copy.write(
        #"{"model_max_length":1000000000000000019884624838656}"#, to: "tokenizer_config.json")
      #expect(try SentenceEncoder(folder: copy.folder).maximumLength == 40)
    }
  }

  @Test("Norms that are called gamma and beta are the norms")
  func oldNames() throws {
    try Fixtures.scratch { folder in
      let copy = try ModelCopy(of: "bert", in: folder)
      let before = try SentenceEncoder(folder: copy.folder).embed(["some text"], threads: 1)
      let place = copy.folder.appendingPathComponent("model.safetensors")
      let file = try Data(contentsOf: place)
      let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
      let header = String(decoding: file[8..<8 + length], as: UTF8.self)
        .replacing("LayerNorm.weight", with: "LayerNorm.gamma")
        .replacing("LayerNorm.bias", with: "LayerNorm.beta")
      try (HostileFileTests.safetensors(header) + file[(8 + length)...]).write(to: place)
      let after = try SentenceEncoder(folder: copy.folder).embed(["some text"], threads: 1)
      #expect(before[0].map(\.bitPattern) == after[0].map(\.bitPattern))
    }
  }
}
