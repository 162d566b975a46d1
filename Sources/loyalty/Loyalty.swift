import ArgumentParser

/// The command `loyalty`.
struct Loyalty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loyalty",
        abstract: "Keep loyalty cards in a durable, replayable ledger."
    )
}
