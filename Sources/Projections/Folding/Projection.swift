public import LoyaltyDomain

/// A fold of one's own: a state, and how each committed event changes it.
///
/// One and the same projection runs in three ways: once over the whole log (`Ledger.project`), inline, up to date before a command is
/// answered (`LedgerOptions.projections`), or beside the writer (`Ledger.runner`). The built-in reports and the ledger's own state
/// are projections too.
///
///     struct Footfall: Projection {
///         let name = "footfall"
///         let version: UInt32 = 1
///         let initial: [Int32: Int] = [:]
///
///         func evolve(_ days: inout [Int32: Int], _ event: borrowing RecordedEvent) {
///             guard case .card(let fact) = event.fact, case .purchaseRecorded = fact.event.event else { return }
///             days[fact.moment.occurredOn.daysSince1970, default: 0] += 1
///         }
///     }
///
/// `evolve` is a function of the state and the event and of nothing else: no clock, no file, no random number, no order of a
/// dictionary; then the same log gives the same state anywhere (guarantee 4).
public protocol Projection<State>: Sendable {
    /// What the events add up to.
    ///
    /// A value type, so that a reader's copy stays as it is while events go on.
    associatedtype State: Sendable

    /// Why a fold refuses an event, which stops it; `Never` for a fold that takes whatever is there.
    associatedtype Failure: Error = Never

    /// A name that is stable across versions of the program: 1 to 64 of `a-z`, `0-9` and `-`.
    var name: String { get }

    /// The version of the fold; a checkpoint of another one is not used.
    ///
    /// Raise it whenever an event folds into another state than before, or the state has another form.
    var version: UInt32 { get }

    /// The state before the first event.
    var initial: State { get }

    /// Whether the fold reads `CardFact.texts`, which lie apart on disk; not, unless said otherwise.
    var readsTexts: Bool { get }

    /// How the state is kept in checkpoints; nil for a state that is folded anew each time.
    ///
    /// A `Codable` state is kept as JSON unless said otherwise.
    var coding: StateCoding<State>? { get }

    /// Folds the next event.
    ///
    /// - Throws: What stops this fold, with the state as it was before the event. Other folds and the ledger go on.
    func evolve(_ state: inout State, _ event: borrowing RecordedEvent) throws(Failure)
}

extension Projection {
    /// A fold does not read texts unless it says so.
    public var readsTexts: Bool { false }

    /// A state is not kept unless its projection says how.
    public var coding: StateCoding<State>? { nil }
}

/// How a projection's state becomes bytes and back.
public struct StateCoding<State>: Sendable {
    /// Makes bytes of a state.
    public let encode: @Sendable (State) throws -> [UInt8]
    /// Makes a state of bytes; throws where they are none.
    ///
    /// The bytes are those of a state of the same projection and version, and their checksum was right.
    public let decode: @Sendable ([UInt8]) throws -> State

    /// Creates a coding.
    public init(
        encode: @escaping @Sendable (State) throws -> [UInt8],
        decode: @escaping @Sendable ([UInt8]) throws -> State
    ) {
        self.encode = encode
        self.decode = decode
    }
}
