internal import Dispatch
internal import LogFormat
internal import Synchronization

/// The parts of a state that were read beside one another.
struct StateDecoding: Sendable {
    /// The groups of cards, in their order.
    private(set) var groups: [Result<CardGroup, DecodingFailure>]
    /// Where the commands lie.
    private(set) var commands: Result<CommandIndex, DecodingFailure>

    private static let unread = DecodingFailure(offset: 0, expected: "a part that was read", found: "none")

    /// Reads all parts on as many threads as there are processors, and waits for them.
    static func decode(
        _ groupCount: Int,
        group: @Sendable (Int) throws(DecodingFailure) -> CardGroup,
        commands: @Sendable () throws(DecodingFailure) -> CommandIndex
    ) -> StateDecoding {
        let empty = StateDecoding(
            groups: Array(repeating: .failure(unread), count: groupCount),
            commands: .failure(unread)
        )
        let parts = Mutex(empty)
        // The commands first: they are the one part that cannot be shared out.
        DispatchQueue.concurrentPerform(iterations: groupCount + 1) { part in
            if part == 0 {
                let result = Result(catching: commands)
                parts.withLock { $0.commands = result }
            } else {
                let result = Result { () throws(DecodingFailure) in try group(part - 1) }
                parts.withLock { $0.groups[part - 1] = result }
            }
        }
        return parts.withLock { $0 }
    }
}
