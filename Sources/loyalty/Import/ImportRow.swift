import LoyaltyLedger

/// One row of an import, understood: a command about one card, and what was written beside it.
struct ImportRow: Hashable {
    /// The row's number, from 1.
    var row: Int

    /// The row's own command id, where it has one.
    var commandID: CommandID?

    /// What it asks for.
    var command: CardCommand

    /// Who, where, and in which words.
    var context: CommandContext

    /// The customer it names, where it does.
    var customer: CustomerID?

    /// The program it names, where it does.
    var program: ProgramID?
}
