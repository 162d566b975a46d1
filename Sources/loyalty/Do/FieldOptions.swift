import ArgumentParser
import LedgerImport

/// One option for each field of a command, under the names that imports know.
struct FieldOptions: ParsableArguments {
    @Option(help: "The card's serial.")
    var card: String

    @Option(name: .customLong("id"), help: "The command's id, which a retry carries again; a new one unless given.")
    var commandID: String?

    @Option(help: "When it happened; now unless given.")
    var occurredAt: String?

    @Option(help: "The customer of a card that is issued, by pseudonym.")
    var customer: String?

    @Option(help: "The program of a card that is issued.")
    var program: String?

    @Option(help: "An amount such as 27.50.")
    var amount: String?

    @Option(help: "An amount in minor units such as 2750.")
    var amountMinor: String?

    @Option(help: "The same amount read again; refused where the two differ.")
    var statedAmount: String?

    @Option(help: "The part of the amount that earns.")
    var eligibleAmount: String?

    @Option(parsing: .unconditional, help: "How many; with a sign for adjust and adjust-bonus.")
    var quantity: String?

    @Option(help: "The purchase that is corrected, by its reference.")
    var refunds: String?

    @Option(help: "The earlier command that is corrected, by its id.")
    var command: String?

    @Option(help: "A day such as 2026-12-31, or none.")
    var expiresOn: String?

    @Option(help: "Why rewards go: correction or expired.")
    var reason: String?

    @Option(help: "The other card: who recommended, where to merge, what a coupon turns into.")
    var otherCard: String?

    @Option(help: "ios, android or web.")
    var platform: String?

    @Option(help: "A reward of the catalogue, by its name.")
    var item: String?

    @Option(help: "main or bonus.")
    var purse: String?

    @Option(help: "A tier, by its name or number.")
    var tier: String?

    @Option(help: "day, week, month, quarter or year.")
    var period: String?

    @Option(help: "Whether entering the tier gives its bonus: yes or no.")
    var grantsEntry: String?

    @Option(help: "Whether the stamps of a claim come back: yes or no.")
    var returnsStamps: String?

    @Option(help: "What the customer says, such as \"9 stamps on 2026-11-20\".")
    var claim: String?

    @Option(name: .customLong("case"), help: "The number of a case of the card.")
    var caseNumber: String?

    @Option(help: "known-then, true-now, refuted or undecidable.")
    var verdict: String?

    @Option(help: "The position in the log of an event that is evidence.")
    var position: String?

    @OptionGroup var origin: OriginOptions

    /// The fields that were given, with their texts.
    var given: [(field: ImportField, text: String)] {
        let all: [(ImportField, String?)] = [
            (.card, card), (.commandID, commandID), (.occurredAt, occurredAt), (.customer, customer),
            (.program, program), (.amount, amount), (.amountMinor, amountMinor), (.statedAmount, statedAmount),
            (.eligibleAmount, eligibleAmount), (.quantity, quantity), (.refunds, refunds), (.command, command),
            (.expiresOn, expiresOn), (.reason, reason), (.otherCard, otherCard), (.platform, platform), (.item, item),
            (.purse, purse), (.tier, tier), (.period, period), (.grantsEntry, grantsEntry),
            (.returnsStamps, returnsStamps), (.claim, claim), (.caseNumber, caseNumber), (.verdict, verdict),
            (.position, position),
        ]
        return (all + origin.fields).compactMap { field, text in text.map { (field, $0) } }
    }
}

/// Who did it, with what, where, and what is written beside it.
struct OriginOptions: ParsableArguments {
    @Option(help: "The shop's own number for it, such as a till receipt's.")
    var reference: String?

    @Option(help: "The staff member.")
    var staff: String?

    @Option(help: "The device.")
    var device: String?

    @Option(help: "The place.")
    var location: String?

    @Option(help: "A comment that the customer may read.")
    var comment: String?

    @Option(help: "A note for staff only; no customer's view shows it.")
    var internalNote: String?

    @Option(help: "dashboard, scanner or api.")
    var source: SourceChoice = .dashboard

    fileprivate var fields: [(ImportField, String?)] {
        [
            (.reference, reference), (.staff, staff), (.device, device), (.location, location), (.comment, comment),
            (.internalNote, internalNote),
        ]
    }
}
