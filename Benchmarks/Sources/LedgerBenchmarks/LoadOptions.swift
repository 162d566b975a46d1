import ArgumentParser
import LedgerLoad

/// The load of a measurement, as `loyalty generate` takes it.
struct LoadOptions: ParsableArguments {
    @Option var events = 100_000
    @Option var cards = 10_000
    @Option var seed: UInt64 = 1
    @Option var ids: IdentifierChoice = .sequence
    @Flag var withoutComments = false

    var plan: LoadPlan {
        LoadPlan(
            events: events,
            cards: cards,
            seed: seed,
            identifiers: ids == .opaque ? .opaque : .sequence,
            hasComments: !withoutComments
        )
    }
}

/// How commands are known.
enum IdentifierChoice: String, CaseIterable, ExpressibleByArgument {
    case sequence
    case opaque
}
