package import LoyaltyLedger

/// One row of an import, understood: a command about one card, and what was written beside it.
package struct ImportRow: Hashable {
    /// The row's number, from 1.
    package var row: Int

    /// The row's own command id, where it has one.
    package var commandID: CommandID?

    /// What it asks for.
    package var command: CardCommand

    /// Who, where, and in which words.
    package var context: CommandContext

    /// The customer it names, where it does.
    package var customer: CustomerID?

    /// The program it names, where it does.
    package var program: ProgramID?

    /// The number its device gave it, where it has one (D23).
    package var sequence: UInt64?
}
