internal import Foundation
internal import LogFormat

/// Checked blocks on their way from the thread that checks them to the threads that fold them, a bounded number at a time.
///
/// Each of the takers gets every load, in the order in which they were put in; a load leaves the pipe once the last of them has it.
///
/// `@unchecked Sendable`: all mutable state is read and written only while `condition` is locked.
final class BlockPipe: @unchecked Sendable {
    /// Some blocks in their order, and whether a sealed segment ends behind them.
    struct Load {
        var blocks: [DecodedBlock] = []
        var isSegmentEnd = false
    }

    /// So many loads may wait; more would only take memory.
    private static let capacity = 4

    private let condition = NSCondition()
    private var loads: [Load] = []
    /// How many loads have left the pipe.
    private var departed = 0
    /// How many loads each taker has got.
    private var taken: [Int]
    private var spares: [DecodedBlock] = []
    private var isFinished = false
    private var isWholeLog = false
    private var isAbandoned = false

    /// A pipe for so many takers.
    init(takers: Int = 1) { taken = [Int](repeating: 0, count: takers) }

    /// Waits for room and puts a load in; false where nobody takes any more.
    func put(_ load: Load) -> Bool {
        condition.withLock {
            while loads.count >= Self.capacity, !isAbandoned { condition.wait() }
            guard !isAbandoned else { return false }
            loads.append(load)
            condition.broadcast()
            return true
        }
    }

    /// Says that no load follows, and whether all bytes were what was written.
    func finish(isWhole: Bool) {
        condition.withLock {
            isFinished = true
            isWholeLog = isWhole
            condition.broadcast()
        }
    }

    /// Whether everything went through it, and every byte was good.
    var isWhole: Bool { condition.withLock { isFinished && isWholeLog } }

    /// Waits for the next load of a taker; nil behind the last one.
    func take(_ taker: Int = 0) -> Load? {
        condition.withLock {
            while taken[taker] == departed + loads.count, !isFinished { condition.wait() }
            guard taken[taker] < departed + loads.count, !isAbandoned else { return nil }
            let load = loads[taken[taker] - departed]
            taken[taker] += 1
            while !loads.isEmpty, taken.allSatisfy({ $0 > departed }) {
                loads.removeFirst()
                departed += 1
                condition.broadcast()
            }
            return load
        }
    }

    /// Says that no more loads are wanted.
    func abandon() {
        condition.withLock {
            isAbandoned = true
            isFinished = true
            condition.broadcast()
        }
    }

    /// Gives blocks back, so that their buffers serve again.
    func giveBack(_ blocks: consuming [DecodedBlock]) {
        condition.withLock { if spares.count < 1024 { spares += blocks } }
    }

    /// Blocks whose buffers serve again; none where there are none yet.
    func takeSpares() -> [DecodedBlock] {
        condition.withLock {
            defer { spares = [] }
            return spares
        }
    }
}

/// Gathers blocks into loads, so that small ones do not cost a lock each.
struct BlockLoader {
    private static let largestCount = 256
    private static let largestBytes = 256 << 10

    private let pipe: BlockPipe
    private var load = BlockPipe.Load()
    private var bytes = 0
    private var spares: [DecodedBlock] = []
    /// Whether nobody takes loads any more.
    private(set) var isRefused = false

    init(_ pipe: BlockPipe) { self.pipe = pipe }

    /// Takes a block and leaves another one, whose buffers may be overwritten, in its place.
    mutating func take(_ block: inout DecodedBlock) {
        if spares.isEmpty { spares = pipe.takeSpares() }
        var other = spares.popLast() ?? DecodedBlock()
        swap(&block, &other)
        bytes += other.facts.count + other.details.count
        load.blocks.append(other)
        if load.blocks.count >= Self.largestCount || bytes >= Self.largestBytes { send() }
    }

    /// Says that a sealed segment ends here.
    mutating func endSegment() {
        load.isSegmentEnd = true
        send()
    }

    /// Sends what has gathered.
    mutating func send() {
        bytes = 0
        let full = load
        load = BlockPipe.Load()
        if !isRefused { isRefused = !pipe.put(full) }
    }
}
