import Suites
import TestSupport
import Testing

/// What somebody sees who has written something that Hone does not understand.
@Suite("Errors say where, what, and what to do next")
struct SuiteErrorTextTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var title: String
    var files: [String: String]
    var text: String
    var testDescription: String { title }

    /// A sound suite with some files replaced.
    init(_ title: String, _ files: [String: String], _ text: String) {
      self.title = title
      self.files = [
        "hone.yaml": "hone: 1\n",
        "behaviors/refill.yaml": "requires: r\nexpect: refill\nexamples: refill.jsonl\n",
        "behaviors/refill.jsonl": "{\"input\": \"more pills\"}\n",
      ].merging(files) { $1 }.filter { !$0.value.isEmpty }
      self.text = text
    }

    static func settings(_ title: String, _ yaml: String, _ text: String) -> Case {
      Case(title, ["hone.yaml": yaml], text)
    }

    static func behavior(_ title: String, _ yaml: String, _ text: String) -> Case {
      Case(title, ["behaviors/refill.yaml": yaml], text)
    }

    static func rows(_ title: String, _ rows: String, _ text: String) -> Case {
      Case(title, ["behaviors/refill.jsonl": rows], text)
    }

    static func csv(_ title: String, _ rows: String, _ text: String) -> Case {
      Case(
        title,
        [
          "behaviors/refill.yaml": "requires: r\nexamples: refill.csv\n",
          "behaviors/refill.csv": rows,
        ], text)
    }
  }

  @Test("a sound suite gives none")
  func sound() throws {
    let folder = try ScratchFolder(Case("", [:], "").files)
    #expect(folder.errors() == "")
  }

  @Test("the whole text", arguments: settings + behaviors + examples + rows + tables)
  func text(_ example: Case) throws {
    let folder = try ScratchFolder(example.files)
    #expect(folder.errors() == example.text)
  }

  // MARK: - hone.yaml

  static let settings: [Case] = [
    Case(
      "no suite", ["hone.yaml": ""],
      "hone.yaml: there is no hone.yaml in FOLDER. Start a suite with: hone init"),
    Case(
      "no behaviors", ["behaviors/refill.yaml": "", "behaviors/refill.jsonl": ""],
      "behaviors/: the suite has no behavior. Add a file such as behaviors/greeting.yaml, or: hone init"
    ),
    .settings(
      "no version", "# nothing\n", "hone.yaml: 'hone' is missing. Write, for example: hone: 1"),
    .settings(
      "another version", "hone: 2\n",
      "hone.yaml:1:7: this file says 'hone: 2'; this Hone reads version 1."
        + " Write 'hone: 1', or use the Hone that the file was written for"),
    .settings(
      "unknown key", "hone: 1\nmodle:\n  base: minilm\n",
      "hone.yaml:2:1: there is no key 'modle'. Did you mean 'model'?"
        + " Known: claims, generator, hone, model, on_bad_row, population, roles, tuning."),
    .settings(
      "unknown key inside", "hone: 1\nmodel: { bas: minilm }\n",
      "hone.yaml:2:10: there is no key 'bas' in 'model'. Did you mean 'base'? Known: base, task."),
    .settings(
      "duplicate key", "hone: 1\nclaims:\n  target: 0.9\n  target: 0.8\n",
      "hone.yaml:4:3: the key 'target' stands here more than once (see hone.yaml:3:3). Keep one of them"
    ),
    .settings(
      "not a mapping", "- hone\n",
      """
      hone.yaml: 'hone' is missing. Write, for example: hone: 1
      hone.yaml:1:1: 'hone.yaml' must be a mapping of hone, model, tuning, population, generator, roles, claims, on_bad_row; found a list
      """),
    .settings(
      "several at once", "hone: 1\nclaims: { target: 1.5, confidence: 95 }\nroles: { trian: 1 }\n",
      """
      hone.yaml:2:19: 'target' must be a rate above 0 and below 1, such as 0.9; found '1.5'
      hone.yaml:2:36: 'confidence' must be from 0.5 to 0.99999, such as 0.95; found '95'
      hone.yaml:3:10: there is no key 'trian' in 'roles'. Did you mean 'train'? Known: dev, gate, sealed, train.
      """),
    .settings(
      "a confidence too near 1", "hone: 1\nclaims: { confidence: 0.9999999999999999 }\n",
      "hone.yaml:2:23: 'confidence' must be from 0.5 to 0.99999, such as 0.95; found"
        + " '0.9999999999999999'"),
    .settings(
      "shares", "hone: 1\nroles: { train: 0.5, sealed: 0.4 }\n",
      "hone.yaml:2:8: the shares of 'roles' sum to 0.9. Make them sum to 1"),
    .settings(
      "hope not above target", "hone: 1\nclaims: { target: 0.9, hope: 0.9 }\n",
      "hone.yaml:2:30: 'hope' (0.9) must be above the target (0.9)."
        + " Raise it, or leave it out for 0.9667"),
    .settings(
      "an endpoint", "hone: 1\nmodel: { base: 'https://api.example.com/v1' }\n",
      "hone.yaml:2:16: a model behind an endpoint ('https://api.example.com/v1') is not in this"
        + " version of Hone. Use base: minilm, or the folder of a Hugging Face encoder"),
    .settings(
      "generation", "hone: 1\nmodel: { task: generate }\n",
      "hone.yaml:2:16: 'task: generate' is not in this version of Hone. Use task: classify"),
    .settings(
      "unknown rung", "hone: 1\ntuning: { ladder: [haed] }\n",
      "hone.yaml:2:20: there is no rung 'haed'. Did you mean 'head'?"
        + " Known: full, head, lora, rft, sft."),
    .settings(
      "later rungs only", "hone: 1\ntuning: { ladder: [sft, rft] }\n",
      "hone.yaml:2:19: this version of Hone climbs 'head', 'lora' and 'full', and the ladder has"
        + " sft, rft. Write: ladder: [head, lora, full]"),
    .settings(
      "a ladder upside down", "hone: 1\ntuning: { ladder: [full, head] }\n",
      "hone.yaml:2:26: the ladder goes from cheap to dear, and 'head' stands after 'full'."
        + " The order is head, lora, full"),
    .settings(
      "adapters",
      """
      hone: 1
      tuning:
        lora:
          rank: 0
          alpha: -1
          dropout: 1
          targets: [query, atention-output, { key: 1 }]
          learning_rates: [fast, 0, [1]]
          bias: none
      """,
      """
      hone.yaml:4:11: 'rank' must be a whole number from 1 to 1024, such as 8; found '0'
      hone.yaml:5:12: 'alpha' must be a number above 0, such as 16; found '-1'
      hone.yaml:6:14: 'dropout' must be a share from 0 to below 1, such as 0.05; found '1'
      hone.yaml:7:22: there is no target 'atention-output'. Did you mean 'attention-output'? Known: attention-output, intermediate, key, output, query, value.
      hone.yaml:7:39: 'targets' must be all-linear, or a list of query, key, value, attention-output, intermediate, output; found a mapping
      hone.yaml:8:22: 'learning_rates' must be a list of numbers above 0, such as [0.001, 0.0003]; found 'fast'
      hone.yaml:8:28: 'learning_rates' must be a list of numbers above 0, such as [0.001, 0.0003]; found '0'
      hone.yaml:8:31: 'learning_rates' must be a list of numbers above 0, such as [0.001, 0.0003]; found a list
      hone.yaml:9:5: there is no key 'bias' in 'lora'. Known: alpha, dropout, learning_rates, rank, targets.
      """),
    .settings(
      "targets of no kind", "hone: 1\ntuning: { lora: { targets: all, learning_rates: [] } }\n",
      """
      hone.yaml:2:28: 'targets' must be all-linear, or a list of query, key, value, attention-output, intermediate, output; found 'all'
      hone.yaml:2:49: 'learning_rates' is empty. Fill it in, or remove the key
      """),
    .settings(
      "fine tuning", "hone: 1\ntuning: { fine_tuning: { batch: 0, epochs: many }, full: }\n",
      """
      hone.yaml:2:33: 'batch' must be a whole number of texts from 1 to 4096, such as 32; found '0'
      hone.yaml:2:44: 'epochs' must be a whole number from 1 to 1000, such as 8; found 'many'
      hone.yaml:2:52: 'full' is empty. Fill it in, or remove the key
      """),
    .settings(
      "time without unit", "hone: 1\ntuning: { budget: { time: 20, rounds: many } }\n",
      """
      hone.yaml:2:27: 'time' must be a time such as 90s, 20m or 1h30m; found '20'
      hone.yaml:2:39: 'rounds' must be a whole number of rounds, 1 or more; found 'many'
      """),
    .settings(
      "not YAML", "hone: 1\nmodel: { base: minilm\n",
      "hone.yaml:3:1: this is not YAML: while parsing a flow mapping, did not find expected ',' or '}'"
    ),
    .settings(
      "a left-over merge", "hone: 1\n<<<<<<< ours\nmodel: {}\n=======\n>>>>>>> theirs\n",
      "hone.yaml:2:1: a conflict that git left here. Choose one side and remove the marker lines"),
  ]

  // MARK: - behaviors

  static let behaviors: [Case] = [
    .behavior(
      "unknown grader", "requires: r\nexpect: a\ngrader: exct\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:3:9: there is no grader 'exct'. Did you mean 'exact'?"
        + " Known: command, exact, includes, json, judge, label, number, regex, similarity."),
    .behavior(
      "a later grader", "requires: r\nexpect: a\ngrader: judge\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:3:9: the grader 'judge' is not in this version of Hone. Use grader: label"
    ),
    .behavior(
      "nothing required", "expect: a\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml: 'requires' is missing."
        + " Write, for example: requires: A refill request is routed to `refill`."),
    .behavior(
      "no examples", "requires: r\nexpect: a\n",
      "behaviors/refill.yaml: 'examples' is missing. Write, for example: examples: refill.jsonl"),
    .behavior(
      "an empty list of examples", "requires: r\nexpect: a\nexamples: []\n",
      "behaviors/refill.yaml:3:11: the behavior 'refill' has no example that can be used. Add some"),
    .behavior(
      "hope below the target",
      "requires: r\nexpect: a\ntarget: 0.9\nhope: 0.8\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:4:7: 'hope' (0.8) must be above the target (0.9)."
        + " Raise it, or leave it out for 0.9667"),
    .behavior(
      "not a flag", "requires: r\nexpect: a\nguard: yes\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:3:8: 'guard' must be true or false; found 'yes'"),
    .behavior(
      "unknown policy", "requires: r\nexpect: a\non_bad_row: skp\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:3:13: there is no on_bad_row 'skp'. Did you mean 'skip'?"
        + " Known: refuse, skip."),
    .behavior(
      "unknown field", "requires: r\nexpect: a\nfields: { imput: q }\nexamples: refill.jsonl\n",
      """
      behaviors/refill.yaml:3:11: there is no key 'imput' in 'fields'. Did you mean 'input'? Known: cluster, expected, generator, id, input, role.
      """),
    .behavior(
      "a field that no row has",
      "requires: r\nexpect: a\nfields: { cluster: seed }\nexamples: refill.jsonl\n",
      "behaviors/refill.yaml:3:20: no row has a value for 'seed', which 'fields' gives for"
        + " 'cluster'. Mend the name, or remove it from 'fields'"),
    Case(
      "one name twice",
      [
        "behaviors/a.yaml":
          "behavior: refill\nrequires: r\nexpect: refill\nexamples: refill.jsonl\n"
      ],
      "behaviors/a.yaml:1:1: the behavior 'refill' is defined more than once"
        + " (see behaviors/refill.yaml:1:1). Give each its own name"),
    Case(
      "an InstructLab leaf", ["behaviors/words/qna.yaml": "version: 3\n"],
      "behaviors/words/qna.yaml: reading an InstructLab leaf (qna.yaml) is not in this version of"
        + " Hone. Copy its questions into a behavior with examples"),
  ]

  // MARK: - examples

  static let examples: [Case] = [
    .behavior(
      "a missing file", "requires: r\nexpect: a\nexamples: refil.jsonl\n",
      "behaviors/refill.yaml:3:11: there is no file behaviors/refil.jsonl"),
    .behavior(
      "a glob without a match", "requires: r\nexpect: a\nexamples: ['*.csv', refill.jsonl]\n",
      "behaviors/refill.yaml:3:12: no file matches '*.csv'"),
    .behavior(
      "an unknown format", "requires: r\nexpect: a\nexamples: refill.txt\n",
      "behaviors/refill.yaml:3:11: refill.txt is of no format that holds examples."
        + " Known: .jsonl, .ndjson, .json, .csv, .tsv."),
    .behavior(
      "nearly a path", "requires: r\nexpect: a\nexamples: [refill.jsnol]\n",
      "behaviors/refill.yaml:3:12: refill.jsnol is of no format that holds examples."
        + " Known: .jsonl, .ndjson, .json, .csv, .tsv."),
    .behavior(
      "a plain text without expectation", "requires: r\nexamples: [more pills]\n",
      "behaviors/refill.yaml:2:12: 'more pills' is no path to examples, and the behavior has no"
        + " 'expect' for a plain text. Paths end in .jsonl, .ndjson, .json, .csv, .tsv"),
    .behavior(
      "an unknown role", "requires: r\nexpect: a\nexamples: [{ path: refill.jsonl, role: test }]\n",
      "behaviors/refill.yaml:3:40: there is no role 'test'. Known: dev, gate, sealed, train."),
    .behavior(
      "inline examples",
      """
      requires: r
      examples:
        - { input: a, expected: x }
        - { inputt: b, expected: x }
        - { input: c }
        - { input: [1, 2], expected: x }
        - [d]
      """,
      """
      behaviors/refill.yaml:4:5: there is no 'input'; the row has inputt, expected. Say what the file calls it: fields: { input: … } in the behavior (hone init, hone test: --input)
      behaviors/refill.yaml:5:5: there is no 'expected'; the row has input. Say what the file calls it: fields: { expected: … } in the behavior (hone init, hone test: --expected), or say it once for all: expect: …
      behaviors/refill.yaml:6:5: 'input' is a list where a text is needed
      behaviors/refill.yaml:7:5: a list where a row must be a JSON object
      """),
  ]

  // MARK: - rows

  static let rows: [Case] = [
    .rows(
      "what models and people leave in JSON lines",
      """
      Here are your examples:
      ```json
      {"input": "a"}

      {"input": "b",}
      {"input": "", "cluster": "x"}
      {"input": null}
      {"question": "c", "answer": 1}
      ["d"]
      "e"
      {"input": "f", "role": "trian"}
      {"input": "g", "input": "h"}
      {"input": {"text": "i"}}
      {'input': 'j'}
      {"input": "k"} {"input": "l"}
      {"input": "\\ud800"}
      {"input": NaN}
      ```
      {"input": "m
      """,
      """
      behaviors/refill.jsonl:1:1: text that is no JSON object; each line holds one row
      behaviors/refill.jsonl:2:1: a Markdown fence, not a row
      behaviors/refill.jsonl:5:15: this row cannot be read: a comma before '}'
      behaviors/refill.jsonl:6:1: 'input' is empty
      behaviors/refill.jsonl:7:1: 'input' is empty
      behaviors/refill.jsonl:8:1: there is no 'input'; the row has question, answer. Say what the file calls it: fields: { input: … } in the behavior (hone init, hone test: --input)
      behaviors/refill.jsonl:9:1: a list where a row must be a JSON object
      behaviors/refill.jsonl:10:1: 'e' where a row must be a JSON object
      behaviors/refill.jsonl:11:1: there is no role 'trian'. Did you mean 'train'? Known: dev, gate, sealed, train.
      behaviors/refill.jsonl:12:16: this row cannot be read: the key 'input' stands twice
      behaviors/refill.jsonl:13:1: 'input' is a mapping where a text is needed
      behaviors/refill.jsonl:14:2: this row cannot be read: found ''' where a key in double quotes must be
      behaviors/refill.jsonl:15:16: this row cannot be read: there is more after the end, beginning with '{'
      behaviors/refill.jsonl:16:12: this row cannot be read: half of a surrogate pair: \\ud800
      behaviors/refill.jsonl:17:11: this row cannot be read: found 'NaN' where a value must be
      behaviors/refill.jsonl:18:1: a Markdown fence, not a row
      behaviors/refill.jsonl:19:13: this row cannot be read: the text that opens at 19:11 has no closing quote
      """),
    .rows(
      "a left-over merge",
      "<<<<<<< HEAD\n{\"input\": \"a\"}\n=======\n{\"input\": \"b\"}\n>>>>>>> other\n",
      """
      behaviors/refill.jsonl:1:1: a conflict that git left here; choose one side and remove the marker lines
      behaviors/refill.jsonl:3:1: a conflict that git left here; choose one side and remove the marker lines
      behaviors/refill.jsonl:5:1: a conflict that git left here; choose one side and remove the marker lines
      """),
    .rows(
      "a contradiction",
      "{\"input\": \"My pills!\"}\n{\"input\": \"ok\"}\n{\"input\": \"my PILLS\", \"expected\": \"other\"}\n",
      "behaviors/refill.jsonl:1:1: the same input is expected to give 'other', 'refill'"
        + " (see behaviors/refill.jsonl:3:1). Keep one of them"
    ),
    Case(
      "a contradiction across behaviors",
      [
        "behaviors/bill.yaml":
          "requires: r\non_bad_row: skip\nexamples: [{ input: More pills., expected: bill }]\n"
      ],
      "behaviors/bill.yaml:3:12: the same input is expected to give 'bill', 'refill'"
        + " (see behaviors/refill.jsonl:1:1). Keep one of them"
    ),
    .rows(
      "no row left", "\n\n",
      "behaviors/refill.yaml:1:1: the behavior 'refill' has no example that can be used. Add some"),
  ]

  // MARK: - CSV and JSON files

  static let tables: [Case] = [
    .csv(
      "no such column", "text,label\na,b\n",
      "behaviors/refill.csv:1:1: there is no column 'input'; the header has text, label."
        + " Say what the file calls it: fields: { input: … } in the behavior (hone init, hone test: --input)"
    ),
    .csv(
      "another delimiter", "input;expected\na;b\n",
      "behaviors/refill.csv:1:1: there is no column 'input'; the header has input;expected."
        + " The columns seem to be separated by ';': save it with commas, or with tabs as .tsv."
        + " Say what the file calls it: fields: { input: … } in the behavior (hone init, hone test: --input)"
    ),
    .csv(
      "two columns of one name", "input,expected,input\na,b,c\n",
      "behaviors/refill.csv:1:1: two columns are named 'input'. Rename one"),
    .csv(
      "nothing at all", "\n", "behaviors/refill.csv: is empty; the first line must name the columns"
    ),
    .csv(
      "fields", "input,expected\na,b\nc\n\"d\ne\",f,g\nh,i\n\"j\"k,l\n,m\n",
      """
      behaviors/refill.csv:3:1: this row has 1 field where the header has 2
      behaviors/refill.csv:4:1: this row has 3 fields where the header has 2 (it runs on to line 5)
      behaviors/refill.csv:7:1: this row cannot be read: text after the closing quote in column 4; write "" for a quote within a text
      behaviors/refill.csv:8:1: 'input' is empty
      """),
    .csv(
      "a quote that is never closed", "input,expected\na,b\nc,\"d\ne,f\n",
      "behaviors/refill.csv:3:3: the quote that opens here is never closed, so nothing after it can"
        + " be told apart. Close it, or write \"\" for a quote within the text"),
    Case(
      "a JSON file that breaks off",
      [
        "behaviors/refill.yaml": "requires: r\nexamples: rows.json\n",
        "behaviors/rows.json": "[\n  {\"input\": \"a\", \"expected\": \"b\"},\n  {\"input\": \"c\"",
      ],
      """
      behaviors/rows.json:3:16: this is not JSON: it ends inside the object that opens at 3:3
      """),
    Case(
      "a JSON file of something else",
      [
        "behaviors/refill.yaml": "requires: r\nexamples: rows.json\n",
        "behaviors/rows.json": "{\"version\": 1, \"rows\": []}",
      ],
      "behaviors/rows.json:1:1: found an object of 2 keys (version, rows) where a list of objects"
        + " must be: [{\"input\": …, \"expected\": …}, …]"),
  ]
}
