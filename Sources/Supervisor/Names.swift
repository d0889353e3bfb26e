internal import SessionModel
internal import Store

extension FileNames {
    static let generation = "generation"
    static let lastGoodSession = "session.json"
    static func isKeepersOwn(_ name: String) -> Bool {
        [outputLog, sizes, exit].contains { name == $0 || name.hasPrefix($0 + ".") }
    }
}
extension StoreError {
    var message: String { "\(self)" }
}
