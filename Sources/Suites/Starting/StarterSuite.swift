/// The suite that `hone init` writes: messages to a web shop, to be replaced by one's own.
enum StarterSuite {
  static let settings = """
    # What is required of one model. Behaviors, with their examples, stand in behaviors/.
    hone: 1
    model:
      base: minilm            # a known name, or the folder of a Hugging Face encoder
      task: classify
    tuning:
      ladder: [head, lora, full]   # cheap first; dear ones only where they must
      budget: { rounds: 12, time: 20m }
      seed: 7

    # Say what the examples stand for; every certificate prints it.
    # population: messages typed into our contact form, 2026

    # What examples are used for. Roles are dealt once, and recorded in hone.lock.
    roles: { train: 0.35, dev: 0.15, gate: 0.1, sealed: 0.4 }
    claims:
      confidence: 0.95        # of each certificate
      target: 0.9             # the pass rate to show; a behavior may set its own

    """

  static var files: [String: String] {
    [
      "hone.yaml": settings,
      "behaviors/delivery.yaml": """
      # One behavior: what must hold, and the examples that show it.
      # A dozen examples show the form. To show a target of 0.9 it takes some hundred.
      behavior: delivery
      requires: A question about where a parcel is, or when it comes, is routed to `delivery`.
      grader: label
      expect: delivery
      examples: delivery.jsonl

      """,
      "behaviors/delivery.jsonl": lines(delivery),
      "behaviors/returns.yaml": """
      behavior: returns
      requires: Somebody who wants to send something back, or their money back, is routed to `returns`.
      grader: label
      expect: returns
      examples: returns.jsonl

      """,
      "behaviors/returns.jsonl": lines(returns),
      "behaviors/other.yaml": """
      behavior: other
      requires: Everything that is neither delivery nor returns is routed to `other`.
      grader: label
      expect: other
      # Examples may also stand right here.
      examples:

      """ + other.map { "  - \($0)\n" }.joined(),
    ]
  }

  private static func lines(_ inputs: [String]) -> String {
    inputs.map { "{\"input\": \(YAMLText.quotedJSON($0))}\n" }.joined()
  }

  private static let delivery = [
    "Where is my parcel?", "Tracking hasn't moved since Monday", "when will order 4471 arrive",
    "The courier says delivered but nothing is here",
    "Can you leave it with my neighbour tomorrow?", "still waiting for the blue kettle...",
    "Is my package stuck in customs", "I'll be away on Friday, please deliver on Saturday",
    "Half of what I ordered came, is the rest on its way?",
    "The driver could not find our entrance", "How long does shipping to Norway take?",
    "my order was promised for yesterday",
  ]

  private static let returns = [
    "I want to send these shoes back", "How do I get a return label?",
    "Refund still not on my card after two weeks", "wrong size, can I swap it for a medium",
    "The lamp arrived broken and I'd like my money back",
    "Do I have to pay the postage if it doesn't fit?", "Please cancel my order and refund me",
    "It looks nothing like the picture. Taking it back.", "what's your return policy on sale items",
    "I posted the jacket back on the 3rd, have you got it?",
    "Can I return a gift without the receipt?", "zip broke after one day, replacement please",
  ]

  private static let other = [
    "Do you have the green one in stock?", "Your website logs me out all the time",
    "I'd like to work for you, who do I write to?", "Does this kettle switch itself off?",
    "Please take me off your mailing list", "what are the opening hours in Leeds",
    "Great service, thank you!", "Can I pay by invoice?", "How do I change my email address",
    "The voucher code doesn't work", "Which batteries does the torch take?",
    "We would like to order 200 mugs with our logo",
  ]
}
