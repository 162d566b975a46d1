public import LogStorage
internal import Synchronization
public import SystemPackage

/// A disk in memory with a page cache: it forgets what was not synced when it crashes, and fails the calls it is told to.
///
/// Data survive a crash by the sector, sizes by the file, names by the change. After a failed sync the pages count as clean, as
/// in the kernels that exist: they can be read, but no later sync writes them. Names and sizes are metadata: a failed sync
/// leaves them to the next one. A seed and the same calls give the same disk.
public final class SimulatedDisk: LogStorage {
    /// One call, as the disk saw it.
    public struct Call: Hashable, Sendable, CustomStringConvertible {
        /// What was asked for.
        public var operation: StorageError.Operation
        /// Of which file or directory.
        public var path: FilePath
        /// The byte it starts at, where it has one.
        public var offset: Int?
        /// How many bytes it is about.
        public var count: Int?
        /// The fault it met.
        public var fault: DiskFault?
        /// What it failed with.
        public var errno: Errno?

        /// The value as text, for people.
        public var description: String {
            var text = "\(operation.rawValue) \(path)"
            if let offset { text += " at \(offset)" }
            if let count { text += ", \(count) bytes" }
            if let fault { text += " [\(fault.rawValue)]" }
            if let errno { text += " -> \(errno)" }
            return text
        }
    }

    struct State: Sendable {
        var nodes: [DiskNode] = []
        /// By their paths.
        var directories: [String: DiskDirectory] = [:]
        /// Directories that need no name in another one.
        var roots: Set<String> = []
        var locks: Set<FilePath> = []
        var plan = FaultPlan()
        var random: SeededRandom
        /// How often, in percent, the kernel writes a dirty sector back before it is changed again.
        var writeBackPercent = 0
        var calls: [Call] = []
        /// Grows with each crash and restart; handles from before are dead.
        var epoch = 0
        var isOff = false
    }

    let state: Mutex<State>

    /// An empty disk.
    ///
    /// - Parameter writeBackPercent: how often the kernel writes a dirty sector back before it is changed again.
    public convenience init(seed: UInt64 = 0, writeBackPercent: Int = 0) {
        var state = State(random: SeededRandom(seed: seed))
        state.writeBackPercent = writeBackPercent
        self.init(state)
    }

    init(_ state: State) { self.state = Mutex(state) }

    /// The calls so far, failed ones included.
    public var calls: [Call] { state.withLock { $0.calls } }
    /// The number of calls so far.
    public var callCount: Int { state.withLock { $0.calls.count } }
    /// Whether the power went, so that every call fails until ``crash(survives:)``.
    public var isOff: Bool { state.withLock { $0.isOff } }

    /// The bytes of a file; nil if there is none.
    public func bytes(of path: FilePath) -> [UInt8]? {
        state.withLock { state in state.node(at: path).map { state.nodes[$0].live } }
    }

    /// Changes the bytes of a file behind everybody's back, durably.
    public func tamper(with path: FilePath, _ change: (inout [UInt8]) -> Void) {
        guard var bytes = bytes(of: path) else { return }
        change(&bytes)
        state.withLock { state in
            guard let number = state.node(at: path) else { return }
            state.nodes[number].replaceAll(bytes)
        }
    }
}

extension SimulatedDisk {
    /// Makes the `number`th call from now on fail, from 1, without any effect but that a failed sync leaves its pages clean.
    public func failCall(_ number: Int, errno: Errno = .ioError) {
        precondition(number >= 1, "call \(number) is in the past")
        state.withLock { $0.plan.fail($0.calls.count + number - 1, errno: errno) }
    }

    /// Lets a fault strike the first calls it can, from the `number`th call from now on, from 1.
    public func schedule(_ fault: DiskFault, from number: Int = 1, times: Int = 1) {
        precondition(number >= 1 && times >= 1, "call \(number), \(times) times")
        state.withLock { $0.plan.add(fault, from: $0.calls.count + number - 1, times: times) }
    }

    /// Cuts the power at the `number`th call from now on, from 1: it reaches the cache at most, and it and all later ones fail.
    public func cutPower(at number: Int) {
        precondition(number >= 1, "call \(number) is in the past")
        state.withLock { $0.plan.cutPower(at: $0.calls.count + number - 1) }
    }

    /// Forgets all faults that have not struck yet.
    public func clearPlan() { state.withLock { $0.plan = FaultPlan() } }
}

extension SimulatedDisk.State {
    /// The directory and the name of a path.
    static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let name = String(path[path.utf8.index(after: slash)...])
        return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
    }

    func entry(at path: FilePath) -> DiskDirectory.Entry? {
        let (directory, name) = Self.split(path.string)
        return directories[directory]?.live[name]
    }

    func node(at path: FilePath) -> Int? {
        guard case .file(let number) = entry(at: path) else { return nil }
        return number
    }
}
