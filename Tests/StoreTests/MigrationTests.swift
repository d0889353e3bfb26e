import SessionModel
import Store
import Testing

@Suite struct MigrationTests {
    @Test(
        "an old file gets its version and its variables in today's form, and keeps every other byte",
        arguments: [
            ("{}\n", "{\n  \"version\": 1\n}\n"),
            (
                "{\n  // mine\n  'state': 'paused',\n  odd: 1,\n}\n",
                "{\n  // mine\n  'state': 'paused',\n  odd: 1,\n  version: 1,\n}\n"
            ),
            ("{\"version\": 0, \"state\": \"paused\"}", "{\"version\": 1, \"state\": \"paused\"}"),
            (
                "{\"environment_vars\": [[\"A\", \"1\"]], \"base\": \"x\"}\n",
                "{\"environment_vars\": {\"A\": \"1\"}, \"base\": \"x\", \"version\": 1}\n"
            ),
            (
                "{\"environment_vars\": [\"B=2=3\", \"A=\"]}",
                "{\"environment_vars\": {\"A\": \"\", \"B\": \"2=3\"}, \"version\": 1}"
            ),
            (
                "{\"environment_vars\": {\"A\": \"1\"}}",
                "{\"environment_vars\": {\"A\": \"1\"}, \"version\": 1}"
            ),
        ])
    func migrating(_ before: String, _ after: String) throws {
        let new = try #require(try SessionFile.migrating(Array(before.utf8)))
        #expect(String(decoding: new, as: UTF8.self) == after)
        var old = try SessionFile.parse(Array(before.utf8), defaults: SessionSpec()).spec
        old.version = 1
        #expect(try SessionFile.parse(new, defaults: SessionSpec()).spec == old)
        #expect(try SessionFile.migrating(new) == nil)
    }

    @Test(
        "what is of today's form, or says nothing, stays",
        arguments: ["", " \n", "{\"version\": 1}", "{version: 1, environment_vars: ['A=1']}"])
    func staying(_ text: String) throws { #expect(try SessionFile.migrating(Array(text.utf8)) == nil) }

    @Test(
        "what can't be understood is no older form",
        arguments: [
            "{", "[]", "{\"state\": \"runing\"}", "{\"version\": 2}", "{\"environment_vars\": [\"A\"]}",
        ])
    func refusing(_ text: String) {
        #expect(throws: FileProblem.self) { try SessionFile.migrating(Array(text.utf8)) }
    }

    @Test func `a newer form than is known is edited by nothing`() {
        let newer = Array("{\"version\": 2, \"state\": \"running\", \"prompts\": []}".utf8)
        let edits: [() throws -> [UInt8]] = [
            { try SessionFile.setting(["state"], to: .string("paused"), in: newer) },
            { try SessionFile.setting(["environment_vars", "A"], to: .string("1"), in: newer) },
            { try SessionFile.appending(.string("x"), to: "prompts", in: newer) },
            { try SessionFile.assigning(["version=1"], in: newer) },
        ]
        for edit in edits {
            let problem = #expect(throws: FileProblem.self) { try edit() }
            #expect(problem?.key == "version" && problem?.line == 1)
            #expect(problem?.message.contains("newer than this claudia knows (1)") == true)
        }
    }
}
