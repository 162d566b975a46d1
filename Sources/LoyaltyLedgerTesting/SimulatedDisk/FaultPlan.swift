internal import LogStorage
internal import SystemPackage

/// Which calls a disk fails, and how; the same plan over the same calls does the same.
public struct FaultPlan: Hashable, Sendable {
    /// A fault that waits for its call.
    struct Waiting: Hashable, Sendable {
        var fault: DiskFault
        /// The first call it may strike, counted from 0 since the disk was made.
        var from: Int
        /// How many calls it strikes.
        var times: Int
    }

    private(set) var waiting: [Waiting] = []
    private(set) var exact: [Int: Errno] = [:]
    /// The call at which the power goes, counted from 0 since the disk was made.
    private(set) var powerCut: Int?

    /// Nothing fails.
    public init() {}

    /// Whether nothing is left to happen.
    public var isEmpty: Bool { waiting.isEmpty && exact.isEmpty && powerCut == nil }

    mutating func add(_ fault: DiskFault, from: Int, times: Int) {
        precondition(fault.moment == .call, "\(fault) is no fault of a call")
        waiting.append(Waiting(fault: fault, from: from, times: times))
    }

    mutating func fail(_ number: Int, errno: Errno) { exact[number] = errno }

    mutating func cutPower(at number: Int) { powerCut = number }

    /// The fault that strikes a call, which uses it up.
    mutating func next(_ number: Int, _ operation: StorageError.Operation) -> DiskFault? {
        guard !waiting.isEmpty else { return nil }
        guard let index = waiting.firstIndex(where: { $0.from <= number && $0.fault.strikes(operation) }) else {
            return nil
        }
        let fault = waiting[index].fault
        waiting[index].times -= 1
        if waiting[index].times == 0 { waiting.remove(at: index) }
        return fault
    }
}

extension DiskFault {
    /// Whether a call of this kind can meet the fault.
    func strikes(_ operation: StorageError.Operation) -> Bool {
        switch self {
        case .shortWrite, .failedWrite, .misdirectedWrite: operation == .write
        case .shortRead: operation == .read
        case .failedSync: operation == .sync || operation == .syncDirectory
        case .noSpace: [.createDirectory, .createFile, .write, .rename, .lock].contains(operation)
        default: false
        }
    }
}
