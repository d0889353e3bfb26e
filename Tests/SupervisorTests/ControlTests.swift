import Supervisor
import Testing

@Suite struct ControlTests {
    @Test(arguments: [
        ControlRequest.ping, .down(all: false), .down(all: true), .restore("fix-login", to: nil),
        .restore("a b", to: nil),
        .restore("fix-login", to: 3), .emptyTrash(olderThanS: 60),
    ])
    func `a request reads as what was written`(_ request: ControlRequest) {
        #expect(ControlRequest(request.text) == request)
    }

    @Test(arguments: [
        "", "pong", "down  --all", "restore", "PING", "ping\n", "empty-trash -1", "restore-to x y",
        "empty-trash 9223372036854775807",
    ])
    func `what is no request is none`(_ text: String) { #expect(ControlRequest(text) == nil) }

    @Test(arguments: [ControlAnswer.pong(generation: 7), .ok, .error("It can't be, since: \"x\".")])
    func `an answer reads as what was written`(_ answer: ControlAnswer) {
        #expect(ControlAnswer(answer.text) == answer)
    }

    @Test(arguments: ["pong", "pong x", "what"])
    func `an answer that isn't known is an error with its words`(_ text: String) {
        #expect(ControlAnswer(text) == .error(text))
    }
}
