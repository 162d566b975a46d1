/// Every version of every program of a ledger, folded from its rule events.
public struct ProgramCatalog: Hashable, Sendable {
    /// One version of a program's rules, as it was recorded.
    public struct Version: Hashable, Sendable {
        /// Its number, ledger-wide.
        public let version: RuleVersion
        /// The program it belongs to.
        public let number: ProgramNumber
        /// Purchases that occur from this instant on earn by it.
        public let effectiveFrom: Timestamp
        /// The program with its rules.
        public let program: Program

        /// Creates a version.
        public init(version: RuleVersion, number: ProgramNumber, effectiveFrom: Timestamp, program: Program) {
            self.version = version
            self.number = number
            self.effectiveFrom = effectiveFrom
            self.program = program
        }
    }

    /// All versions; version n is at index n - 1.
    public private(set) var versions: [Version] = []

    /// Creates an empty catalog.
    public init() {}

    /// The number the next version gets.
    public var nextVersion: RuleVersion { RuleVersion(UInt32(versions.count) + 1) }

    /// Adds a version; its number must be `nextVersion`.
    public mutating func add(_ version: Version) {
        precondition(version.version == nextVersion, "expected \(nextVersion), got \(version.version)")
        versions.append(version)
    }

    /// Every program by its newest version, in the order of definition.
    public var programs: [Program] {
        var newest: [Program] = []
        for version in versions {
            let index = Int(version.number.rawValue)
            if index < newest.count { newest[index] = version.program } else { newest.append(version.program) }
        }
        return newest
    }

    /// The newest version of the program with that number, or nil.
    public func program(_ number: ProgramNumber) -> Program? {
        versions.last { $0.number == number }?.program
    }

    /// The number the program with that name has, or would get if it were defined now.
    public func numberToDefine(_ id: ProgramID) -> ProgramNumber {
        number(of: id) ?? ProgramNumber(UInt16(programs.count))
    }

    /// The number of the program with that name, or nil.
    public func number(of id: ProgramID) -> ProgramNumber? {
        versions.first { $0.program.id == id }?.number
    }

    /// The version with that number, or nil.
    public subscript(version: RuleVersion) -> Version? {
        let index = Int(version.rawValue) - 1
        return versions.indices.contains(index) ? versions[index] : nil
    }

    /// The version in effect at an instant: the newest whose `effectiveFrom` is not after it (D9).
    ///
    /// - Complexity: O(versions of the ledger), which are few.
    public func version(of program: ProgramNumber, at instant: Timestamp) -> Version? {
        versions.last { $0.number == program && $0.effectiveFrom <= instant }
    }

    /// When the next version takes effect: the first from the beginning, a later one never before it is recorded (D9).
    public func effectiveFrom(of program: ProgramID, wished: Timestamp?, recordedAt: Timestamp) -> Timestamp {
        guard number(of: program) != nil else { return .earliest }
        return max(wished ?? recordedAt, recordedAt)
    }
}
