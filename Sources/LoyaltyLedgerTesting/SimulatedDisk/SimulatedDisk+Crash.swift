internal import Synchronization
public import SystemPackage

extension SimulatedDisk {
    /// The disk as it is after the machine lost its power; this one is as before.
    ///
    /// Unsynced directory entries are lost. An unsynced sector survives if `survives` says so, given its file and its number; a
    /// file that grew keeps its size with its last sector, and one that was cut is as long as before.
    public func crashed(survives: (FilePath, Int) -> Bool = { _, _ in false }) -> SimulatedDisk {
        afterCrash(keeping: { unit in
            switch unit {
            case .sector(let file, let number, _): survives(file, number)
            case .size(let file, let from, let to):
                to > from && survives(file, (to - 1) / DiskNode.sectorBytes)
            case .entry: false
            }
        })
    }

    /// The disk as it is after the machine lost its power, with the unsynced pieces that survive; this one is as before.
    public func afterCrash(keeping survives: (UnsyncedUnit) -> Bool) -> SimulatedDisk {
        var copy = state.withLock { $0 }
        copy.crash(survives)
        copy.calls = []
        return SimulatedDisk(copy)
    }

    /// The disk as it is after the process died and the machine did not, with the same cache; this one is as before.
    public func restarted() -> SimulatedDisk {
        var copy = state.withLock { $0 }
        copy.calls = []
        let disk = SimulatedDisk(copy)
        disk.restart()
        return disk
    }

    /// The machine loses its power and starts again: unsynced pieces live on as `survives` says, open files and locks are gone,
    /// and no fault is left.
    ///
    /// - Returns: the sectors of files that now hold other bytes than were written there, by a misdirected write.
    @discardableResult
    public func crash(survives: (UnsyncedUnit) -> Bool) -> [(file: FilePath, sector: Int)] {
        state.withLock { state in state.crash(survives) }
    }

    /// The machine loses its power and starts again: unsynced pieces live on by chance, as the crash faults among `faults` allow.
    ///
    /// With none of them everything survives: only what the cache alone showed is gone.
    @discardableResult
    public func crash(
        _ faults: Set<DiskFault>,
        by random: inout SeededRandom
    ) -> [(file: FilePath, sector: Int)] {
        var chances = CrashChances(faults, unsynced, &random)
        return crash { chances.survives($0) }
    }

    /// The process dies, the machine does not: open files and locks are gone, and no fault is left.
    public func restart() {
        state.withLock { state in
            state.epoch += 1
            state.locks = []
            state.plan = FaultPlan()
            state.isOff = false
        }
    }

    /// Gives all locks back, as the end of a process does, and lets the faults of the plan wait for the next one.
    public func releaseLocks() {
        state.withLock { state in
            state.epoch += 1
            state.locks = []
        }
    }

    /// Every piece of state that a crash would ask about, in its order.
    public var unsynced: [UnsyncedUnit] {
        state.withLock { state in
            var copy = state
            var units: [UnsyncedUnit] = []
            copy.crash { unit in
                units.append(unit)
                return true
            }
            return units
        }
    }
}

extension SimulatedDisk.State {
    @discardableResult
    mutating func crash(_ survives: (UnsyncedUnit) -> Bool) -> [(file: FilePath, sector: Int)] {
        let names = nodeNames()
        for path in directories.keys.sorted() {
            guard directories[path]?.changes.isEmpty == false else { continue }
            directories[path]?.crash { survives(.entry(FilePath(path), $0)) }
        }
        var damaged: [(file: FilePath, sector: Int)] = []
        for (number, name) in names {
            let node = nodes[number]
            guard node.live.count != node.durableCount || !node.unsynced.isEmpty else { continue }
            let hasOtherSize = node.live.count != node.durableCount
            let size = UnsyncedUnit.size(name, from: node.durableCount, to: node.live.count)
            let keepsSize = hasOtherSize && survives(size)
            let sectors = nodes[number].crash(sizeSurvives: keepsSize) { sector, state in
                survives(.sector(name, sector, call: state.call))
            }
            damaged += sectors.map { (name, $0) }
        }
        dropUnreachable()
        epoch += 1
        locks = []
        plan = FaultPlan()
        isOff = false
        return damaged
    }

    /// The nodes that have a name now or durably, by number, each with the newest name.
    private func nodeNames() -> [(number: Int, name: FilePath)] {
        var names: [Int: FilePath] = [:]
        for (path, directory) in directories {
            for (name, entry) in directory.durable {
                guard case .file(let number) = entry, names[number] == nil else { continue }
                names[number] = FilePath(path).appending(name)
            }
        }
        for (path, directory) in directories where !directory.changes.isEmpty {
            for change in directory.changes {
                guard let name = change.added, case .file(let number) = change.entry else { continue }
                names[number] = FilePath(path).appending(name)
            }
        }
        return names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A directory whose name was lost is gone, and all below it.
    private mutating func dropUnreachable() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for path in directories.keys {
                let (parent, name) = Self.split(path)
                guard !roots.contains(path), directories[parent]?.live[name] != .directory else { continue }
                directories[path] = nil
                isChanged = true
            }
        }
    }
}
