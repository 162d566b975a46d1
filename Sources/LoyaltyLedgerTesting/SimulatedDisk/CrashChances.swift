/// Which unsynced pieces survive one crash, by chance.
struct CrashChances {
    private var random: SeededRandom
    private let faults: Set<DiskFault>
    /// How likely, in percent, a piece survives that is left to chance.
    private let percent: Int
    /// The write that was on its way when the power went; later ones are lost.
    private let lastWrite: Int
    /// Names: whether each change has a chance of its own, or the first ones survive.
    private let isAnyOrder: Bool
    private var isEntryLost = false

    init(_ faults: Set<DiskFault>, _ units: [UnsyncedUnit], _ random: inout SeededRandom) {
        self.faults = faults
        percent = random.pick([10, 50, 90])
        isAnyOrder = random.chance(50)
        let writes = units.compactMap { unit -> Int? in
            guard case .sector(_, _, let call) = unit else { return nil }
            return call
        }
        let newest = writes.max() ?? 0
        lastWrite = faults.contains(.lostWrite) && !writes.isEmpty ? random.pick(writes) : newest
        self.random = SeededRandom(seed: random.next())
    }

    mutating func survives(_ unit: UnsyncedUnit) -> Bool {
        switch unit {
        case .sector(_, _, let call): survives(sectorOf: call)
        case .size: faults.isDisjoint(with: [.lostWrite, .reorderedWrite]) || random.chance(percent)
        case .entry: survivesEntry()
        }
    }

    private mutating func survives(sectorOf call: Int) -> Bool {
        if faults.contains(.reorderedWrite) { return random.chance(percent) }
        if call != lastWrite { return call < lastWrite }
        if faults.contains(.tornWrite) { return random.chance(percent) }
        return !faults.contains(.lostWrite) || random.chance(percent)
    }

    private mutating func survivesEntry() -> Bool {
        guard faults.contains(.lostEntry) else { return true }
        if isAnyOrder { return random.chance(percent) }
        if !isEntryLost { isEntryLost = !random.chance(percent) }
        return !isEntryLost
    }
}
