import Testing

@testable import Commands

struct LogoutRow: Sendable {
    let group: String
    var lingers = false
    var kills = false
    let verdict: Finding.Verdict
}

private let session = "0::/user.slice/user-1000.slice/session-3.scope\n"
private let service =
    "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-claudia.slice/claudia.service\n"

@Test(
    "doctor warns when logging out would end the agents",
    arguments: [
        LogoutRow(group: session, verdict: .ok), LogoutRow(group: session, kills: true, verdict: .note),
        LogoutRow(group: session, lingers: true, kills: true, verdict: .note),
        LogoutRow(group: service, verdict: .note), LogoutRow(group: service, lingers: true, verdict: .ok),
        LogoutRow(group: service, lingers: true, kills: true, verdict: .ok),
        LogoutRow(group: "0::/system.slice/ssh.service\n", kills: true, verdict: .ok),
        LogoutRow(
            group: "12:pids:/x\n1:name=systemd:/user.slice/user-0.slice/user@0.service/x\n", verdict: .note),
    ])
func loggingOut(_ row: LogoutRow) {
    let finding = LogoutChecks.finding(group: row.group, lingers: row.lingers, killsProcesses: row.kills)
    #expect(finding.verdict == row.verdict)
    #expect((finding.hint == nil) == (row.verdict == .ok))
}

@Test func `logind's setting is the last one, else the default that is commented out`() {
    #expect(!LogoutChecks.killsProcesses(in: []))
    #expect(!LogoutChecks.killsProcesses(in: ["[Login]\n#KillUserProcesses=no\n"]))
    #expect(LogoutChecks.killsProcesses(in: ["[Login]\n#KillUserProcesses=yes\n"]))
    #expect(!LogoutChecks.killsProcesses(in: ["#KillUserProcesses=yes\n", "KillUserProcesses = no\n"]))
    #expect(LogoutChecks.killsProcesses(in: ["KillUserProcesses=no\n", "KillUserProcesses=true\n#x\n"]))
    #expect(!LogoutChecks.killsProcesses(in: ["KillUserProcessesX=yes\nKillOnlyUsers=yes\n"]))
}
