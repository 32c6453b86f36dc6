import EmbeddedModels
import Testing
import Tuning

@Suite("The margin of a classifier's reply")
struct ReplyMarginTests {
  @Test("The likeliest label, with its lead over the runner-up")
  func lead() {
    let reply = Reply(labels: ["a", "b", "c"], probabilities: [0.25, 0.5, 0.25])
    #expect(reply == .label("b", probability: 0.5, margin: 0.25))
    #expect(reply.margin == 0.25)
    #expect(!NumericalTie.has(margin: reply.margin))
  }

  @Test("Two labels alike are a tie; one label has no runner-up, and none are no reply")
  func edges() {
    let even = Reply(labels: ["a", "b"], probabilities: [0.5, 0.5])
    #expect(even.margin == 0)
    #expect(NumericalTie.has(margin: even.margin))
    #expect(Reply(labels: ["a"], probabilities: [1]) == .label("a", probability: 1, margin: nil))
    #expect(!NumericalTie.has(margin: nil))
    #expect(Reply(labels: [], probabilities: []).margin == nil)
  }
}
