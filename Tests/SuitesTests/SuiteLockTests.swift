import Foundation
import Suites
import TestSupport
import Testing

@Suite("hone.lock keeps what it is told, byte for byte")
struct SuiteLockTests {
  static let lock = SuiteLock(
    roles: ["00000000000000ff": .sealed, "0000000000000001": .train],
    ledger: Ledger(
      pools: [
        Pool(
          id: 1, name: "a \"b\": 😀\n#", share: 0.6079271018540267, spent: 2,
          exposed: [
            ExposedExample(id: "ff", input: "f1", cluster: "f2"),
            ExposedExample(id: "00", input: "01", cluster: "02"),
          ]),
        Pool(id: 2, name: "none"),
      ],
      attempts: [
        Attempt(
          number: 1, checkpoint: "12e4", key: "0x1", run: "r 1 ",
          pools: [
            AttemptPool(
              pool: 2, behavior: "no", trials: 124, maximumFailures: -1, target: 0.9,
              level: 2.5e-300,
              index: 1, missing: 3, budget: 0.05, evidence: "12e4")
          ], outcome: .failed),
        Attempt(
          number: 2, checkpoint: "c", key: "k",
          pools: [
            AttemptPool(
              pool: 1, behavior: "b", trials: 0, maximumFailures: 0, target: 0.5, level: 0,
              index: 1, budget: 0)
          ], outcome: .open),
      ]))

  @Test("the text")
  func text() {
    #expect(
      Self.lock.text == """
        # Which role each example was dealt, what was asked of the sealed ones, and the baseline.
        # Hone writes this file; commit it, and do not edit it. Keys are hashes, never texts.
        hone: 1
        roles:
          0000000000000001: train
          00000000000000ff: sealed
        ledger:
          pools:
            - id: 1
              name: "a \\"b\\": 😀\\n#"
              share: 0.6079271018540267
              spent: 2
              exposed:
                - "00 01 02"
                - "ff f1 f2"
            - id: 2
              name: "none"
              share: 1.0
              spent: 0
              exposed: []
          attempts:
            - number: 1
              checkpoint: "12e4"
              key: "0x1"
              run: "r 1 "
              outcome: failed
              pools:
                - pool: 2
                  behavior: "no"
                  trials: 124
                  maximum_failures: -1
                  target: 0.9
                  level: 2.5e-300
                  index: 1
                  missing: 3
                  budget: 0.05
                  evidence: "12e4"
            - number: 2
              checkpoint: "c"
              key: "k"
              run: ""
              outcome: open
              pools:
                - pool: 1
                  behavior: "b"
                  trials: 0
                  maximum_failures: 0
                  target: 0.5
                  level: 0.0
                  index: 1
                  missing: 0
                  budget: 0.0
        complete: true

        """)
  }

  static let baseline = Baseline(
    suite: "5u17e", model: TestedModel(base: "sha256:b", checkpoint: "c1", engine: "hone 0 \"x\""),
    seeds: [7, .max], candidates: 5,
    behaviors: [
      BaselineBehavior(
        name: "refill: \u{202E}", target: 0.85,
        dev: BaselineBehavior.Tally(units: 140, passes: 134, lower: 0.909_12, upper: 0.980_27),
        gate: BaselineBehavior.Tally(units: 2, passes: 1, lower: 0, upper: 1),
        sealed: BaselineBehavior.Sealed(
          units: 380, maximumFailures: 44, level: 0.0304, attempt: 2),
        examples: [
          BaselineBehavior.Graded(
            id: "00000000000000ff", input: "1000000000000000", role: .gate, passed: false,
            tie: 3.2e-05),
          BaselineBehavior.Graded(
            id: "00000000000000aa", input: "2000000000000000", role: .train, passed: true),
        ]),
      BaselineBehavior(
        name: "empty", target: 0.9,
        dev: BaselineBehavior.Tally(units: 0, passes: 0, lower: 0, upper: 1),
        gate: BaselineBehavior.Tally(units: 0, passes: 0, lower: 0, upper: 1), examples: []),
    ])

  @Test("a baseline: one line an example, of sealed ones the claim alone")
  func baselineText() throws {
    let lock = SuiteLock(roles: ["0000000000000001": .train], baseline: Self.baseline)
    #expect(
      lock.text.hasSuffix(
        """
          0000000000000001: train
        baseline:
          suite: "5u17e"
          base: "sha256:b"
          checkpoint: "c1"
          engine: "hone 0 \\"x\\""
          seeds: [7, 18446744073709551615]
          candidates: 5
          behaviors:
            - name: "empty"
              target: 0.9
              dev: { units: 0, passes: 0, lower: 0.0, upper: 1.0 }
              gate: { units: 0, passes: 0, lower: 0.0, upper: 1.0 }
              examples: {}
            - name: "refill: \\u202e"
              target: 0.85
              dev: { units: 140, passes: 134, lower: 0.9091, upper: 0.9803 }
              gate: { units: 2, passes: 1, lower: 0.0, upper: 1.0 }
              sealed: { units: 380, maximum_failures: 44, level: 0.0304, attempt: 2 }
              examples:
                00000000000000aa: 2000000000000000 train pass
                00000000000000ff: 1000000000000000 gate fail 3.2e-05
        complete: true

        """))
    #expect(try SuiteLock.parse(lock.text) == lock)
  }

  @Test(
    "a baseline that was edited is refused",
    arguments: [
      (
        "gate fail", "sealed fail",
        "hone.lock:26:27: '00000000000000ff' must be two keys of 16 hexadecimal digits with a role that is not sealed, and pass or fail; found '1000000000000000 sealed fail 3.2e-05'"
      ),
      ("gate fail 3.2e-05", "gate fail -1", "found '1000000000000000 gate fail -1'"),
      ("gate fail 3.2e-05", "gate fail x", "found '1000000000000000 gate fail x'"),
      ("gate fail 3.2e-05", "gate fail 0.1 1", "found '1000000000000000 gate fail 0.1 1'"),
      ("passes: 134", "passes: 141", "'passes' must be at most the 140 units; found '141'"),
      ("  checkpoint: \"c1\"\n", "", "'checkpoint' must be there; found 'nothing'"),
      ("seeds: [7,", "seeds: [-1,", "'seeds' must be a list of whole numbers; found '-1'"),
      ("candidates: 5", "candidates: 0", "'candidates' must be from 1 to 10000000; found '0'"),
      ("target: 0.85", "target: 1", "'target' must be a rate above 0 and below 1"),
    ])
  func editedBaseline(_ old: String, _ new: String, _ message: String) {
    let text = SuiteLock(roles: ["0000000000000001": .train], baseline: Self.baseline).text
    #expect(text.contains(old))
    do {
      _ = try SuiteLock.parse(text.replacing(old, with: new))
      Issue.record("read without an error")
    } catch {
      #expect(error.description.contains(message), "\(error)")
    }
  }

  @Test("long lists are read as written by Hone, or by the YAML reader, to the same value")
  func lists() throws {
    let lock = SuiteLock(
      roles: ["0000000000000001": .train, "00000000000000b2": .sealed], baseline: Self.baseline)
    let text = lock.text
    for (old, new) in [
      ("  0000000000000001: train\n", "  # a remark\n  0000000000000001: train\n"),
      ("  0000000000000001: train\n", "  \"0000000000000001\":   train\n"),
      ("gate fail 3.2e-05\n", "gate  fail 3.2e-05\n"),
      ("gate fail 3.2e-05\n", "gate fail 3.2e-05\r\n"),
      (
        "  0000000000000001: train\n  00000000000000b2: sealed\n",
        "  00000000000000b2: sealed\n\n  0000000000000001: train\n"
      ),
    ] {
      #expect(text.contains(old))
      #expect(try SuiteLock.parse(text.replacing(old, with: new)) == lock)
    }
  }

  @Test(
    "what is wrong in or after a long list is told with its place",
    arguments: [
      ("  00000000000000b2: sealed\n", "  00000000000000b2: seald\n", "hone.lock:6:21: "),
      ("  00000000000000b2: sealed\n", "  0000000000000001: dev\n", "hone.lock:6:3: "),
      ("target: 0.85", "target: 2", "hone.lock:21:15: 'target' must be a rate"),
      ("complete: true\n", "", "was cut"),
      ("complete: true\n", "compleet: true\n", "hone.lock:28:1: "),
    ])
  func placesAfterLists(_ old: String, _ new: String, _ message: String) {
    let lock = SuiteLock(
      roles: ["0000000000000001": .train, "00000000000000b2": .sealed], baseline: Self.baseline)
    #expect(lock.text.contains(old))
    let error = #expect(throws: SuiteErrors.self) {
      try SuiteLock.parse(lock.text.replacing(old, with: new))
    }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test("conflicts of git: each with its place, and how its part of the file is merged")
  func conflicts() {
    let text = """
      hone: 1
      roles:
      <<<<<<< HEAD
        0000000000000001: dev
      =======
        0000000000000001: train
      >>>>>>> theirs
      ledger:
        pools:
      <<<<<<< HEAD
          - id: 1
      baseline:
      =======
      baseline:
      >>>>>>> theirs
      complete: true
      """
    do {
      _ = try SuiteLock.parse(text)
      Issue.record("read without an error")
    } catch {
      let lines = error.lines
      #expect(lines.count == 2)
      #expect(lines[0].hasPrefix("hone.lock:3:1: a conflict that git left here. In 'roles', keep"))
      #expect(lines[1].hasPrefix("hone.lock:10:1: a conflict that git left here. In 'ledger', no"))
      #expect(lines[1].contains("In 'baseline', keep either side, whole; then"))
      #expect(lines.allSatisfy { $0.hasSuffix("Remove the marker lines, and run 'hone check'") })
    }
  }

  @Test("what is written is read back, whatever the names and numbers")
  func roundTrip() throws {
    #expect(try SuiteLock.parse(Self.lock.text) == Self.lock)
    var generator = SeededGenerator(31)
    let parts = [
      "a", " ", "\"", "\\", "\n", "\t", "é", "😀", "#", ": ", "- ", "\u{85}", "\u{2028}", "\u{FEFF}",
      "\u{E0001}", "'", "\u{7F}", "\u{F0000}",
    ]
    for _ in 0..<300 {
      // Names never begin with a byte order mark, which Yams would drop.
      let name = "x" + (0..<6).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
      let share = Double(bitPattern: generator.next() & 0x3FE_FFFF_FFFF_FFFF)
      let lock = SuiteLock(ledger: Ledger(pools: [Pool(id: 1, name: name, share: share)]))
      #expect(try SuiteLock.parse(lock.text) == lock)
    }
  }

  @Test(
    "errors name the place",
    arguments: [
      (
        "hone: 1\nroles:\n<<<<<<< HEAD\n  a: b\n",
        "hone.lock:3:1: a conflict that git left here. In 'roles', keep the lines of both sides; of two lines with one key keep the lower role (train, then dev, then gate, then sealed). Remove the marker lines, and run 'hone check'"
      ),
      (
        "hone: 2\n",
        "hone.lock:1:7: this file says 'hone: 2'; this Hone reads version 1. Write 'hone: 1', or use the Hone that the file was written for"
      ),
      (
        "hone: 1\nroles:\n  0000000000000001: tran\n",
        "hone.lock:3:21: '0000000000000001' must be one of train, dev, gate, sealed; found 'tran'. Restore the file from git: Hone writes it, nobody edits it"
      ),
      (
        "hone: 1\nroles:\n  abc: dev\n",
        "hone.lock:3:3: 'roles' must be keyed by 16 hexadecimal digits; found 'abc'. Restore the file from git: Hone writes it, nobody edits it"
      ),
      (
        "hone: 1\nroles:\n  0000000000000001: dev\n  0000000000000001: dev\n",
        "hone.lock:4:3: the key '0000000000000001' stands here more than once (see hone.lock:3:3). Keep one of them"
      ),
      (
        "hone: 1\nledger: { pools: [{ id: 1, name: a, share: 0.05, spent: 0 }] }\n",
        "hone.lock:2:19: 'exposed' must be there; found 'nothing'. Restore the file from git: Hone writes it, nobody edits it"
      ),
      ("", "hone.lock: 'hone' is missing. Write, for example: hone: 1"),
      (
        "hone: 1\nroles:\n  0000000000000001: dev\n",
        "hone.lock: was cut: its last line, 'complete: true', is missing. Restore the file from git: Hone writes it, nobody edits it"
      ),
      (
        "hone: 1\nledger: { pools: [{ id: 1, name: a, share: 1, spent: 9223372036854775807, exposed: [] }] }\n",
        "hone.lock:2:54: 'spent' must be from 0 to 10000000; found '9223372036854775807'"
      ),
      (
        "hone: 1\nledger: { pools: [{ id: 2, name: a, share: 1, spent: 0, exposed: [] }] }\n",
        "hone.lock:2:11: 'pools' must be numbered 1, 2, 3 …; found '2'. Restore the file from git: Hone writes it, nobody edits it"
      ),
    ])
  func errors(_ text: String, _ message: String) {
    #expect(throws: SuiteErrors.self) { try SuiteLock.parse(text) }
    do { _ = try SuiteLock.parse(text) } catch { #expect(error.description == message) }
  }

  @Test(
    "files: none is nil, writing leaves nothing beside it, and the same bytes are not rewritten")
  func files() throws {
    let folder = try ScratchFolder()
    let file = folder.url.appendingPathComponent("hone.lock")
    #expect(try SuiteLock.read(from: file) == nil)
    try SuiteLock(roles: ["0000000000000001": .dev]).write(to: file)
    try Self.lock.write(to: file)
    #expect(try SuiteLock.read(from: file) == Self.lock)
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.lock.text)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["hone.lock"])
    let before =
      try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
    try Self.lock.write(to: file)
    let after =
      try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
    #expect(before == after)
    let nowhere = folder.url.appendingPathComponent("none/hone.lock")
    #expect(throws: SuiteErrors.self) { try Self.lock.write(to: nowhere) }
  }
}
