/// A file of a simulated disk: as the cache shows it, and what of it is durable.
struct DiskNode: Sendable {
    static let sectorBytes = 512

    /// What a crash may bring back in place of the live bytes of one sector.
    struct Sector: Sendable {
        /// The durable bytes, a whole sector; empty for zeros.
        var durable: [UInt8]
        /// Whether the next sync writes it; not so after a failed one.
        var isDirty: Bool
        /// Whether the cache alone shows the live bytes, and no crash can leave them.
        var isDoomed = false
        /// The call that changed it last.
        var call: Int
    }

    /// As the cache shows it.
    private(set) var live: [UInt8]
    /// The durable size.
    private(set) var durableCount: Int
    /// The sectors whose durable bytes may not be the live ones.
    private(set) var unsynced: [Int: Sector] = [:]

    init(live: [UInt8], durableCount: Int) {
        self.live = live
        self.durableCount = durableCount
    }

    /// Numbers of the unsynced sectors, ascending.
    var unsyncedNumbers: [Int] { unsynced.keys.sorted() }

    mutating func write(_ bytes: [UInt8], count: Int, at offset: Int, call: Int) {
        guard count > 0 else { return }
        note(offset..<offset + count, call: call)
        let missing = offset + count - live.count
        if missing > 0 { live.append(contentsOf: repeatElement(0, count: missing)) }
        // Safe: both ranges lie within their arrays.
        unsafe live.withUnsafeMutableBytes { target in
            unsafe bytes.withUnsafeBytes { source in
                let piece = unsafe UnsafeRawBufferPointer(rebasing: source[..<count])
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + count]).copyMemory(from: piece)
            }
        }
    }

    /// Copies up to `range.count` bytes and returns how many there were.
    func read(into buffer: inout [UInt8], _ range: Range<Int>, at offset: Int) -> Int {
        let start = min(offset, live.count)
        let count = min(range.count, live.count - start)
        guard count > 0 else { return 0 }
        // Safe: both ranges lie within their arrays.
        unsafe buffer.withUnsafeMutableBytes { target in
            unsafe live.withUnsafeBytes { source in
                let piece = unsafe UnsafeRawBufferPointer(rebasing: source[start..<start + count])
                let place = range.lowerBound..<range.lowerBound + count
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[place]).copyMemory(from: piece)
            }
        }
        return count
    }

    mutating func truncate(to size: Int, call: Int) {
        if size < live.count {
            note(size..<live.count, call: call, skippingZeros: true)
            live.removeLast(live.count - size)
        } else {
            live.append(contentsOf: repeatElement(0, count: size - live.count))
        }
    }

    /// Writes the dirty sectors.
    ///
    /// A smaller size is metadata, which fdatasync may leave.
    mutating func sync(all: Bool) {
        let isShrunk = live.count < durableCount
        guard isShrunk, !all else {
            unsynced = unsynced.filter { !$0.value.isDirty }
            durableCount = live.count
            return
        }
        let kept = live.count / Self.sectorBytes
        unsynced = unsynced.filter { !$0.value.isDirty || $0.key >= kept }
    }

    /// A sync that failed: pages are clean though they were not written.
    mutating func failSync() { for number in unsynced.keys { unsynced[number]?.isDirty = false } }

    /// The dirty sectors are written somewhere else: the cache shows them, the disk does not have them.
    mutating func doom(_ range: Range<Int>) {
        for number in Self.sectors(range) {
            unsynced[number]?.isDirty = false
            unsynced[number]?.isDoomed = true
        }
    }

    /// Other bytes lie on the disk than the cache shows.
    mutating func overwriteDurably(_ number: Int, with bytes: [UInt8], call: Int) {
        guard number * Self.sectorBytes < live.count else { return }
        unsynced[number] = Sector(durable: bytes, isDirty: false, isDoomed: true, call: call)
    }

    /// The live bytes of a sector, padded with zeros; empty if they are all zero.
    func sector(_ number: Int) -> [UInt8] {
        let start = number * Self.sectorBytes
        guard start < live.count else { return [] }
        var bytes = Array(live[start..<min(start + Self.sectorBytes, live.count)])
        if Self.isZero(bytes) { return [] }
        bytes.append(contentsOf: repeatElement(0, count: Self.sectorBytes - bytes.count))
        return bytes
    }

    /// A dirty sector that the kernel wrote back on its own.
    mutating func writeBack(_ range: Range<Int>) {
        for number in Self.sectors(range) {
            guard let dirty = unsynced[number], dirty.isDirty else { continue }
            let written = sector(number)
            unsynced[number]?.durable = written
        }
    }

    /// Every unsynced piece lives on or is lost; nothing is unsynced afterwards.
    ///
    /// - Returns: the doomed sectors, whose bytes are now others than were written.
    mutating func crash(sizeSurvives: Bool, sectorSurvives: (Int, Sector) -> Bool) -> [Int] {
        let size = sizeSurvives ? live.count : durableCount
        if live.count < size { live.append(contentsOf: repeatElement(0, count: size - live.count)) }
        var damaged: [Int] = []
        for number in unsyncedNumbers {
            guard let sector = unsynced[number] else { continue }
            if sector.isDoomed { damaged.append(number) }
            if !sector.isDoomed, sectorSurvives(number, sector) { continue }
            restore(number, sector.durable)
        }
        if live.count > size { live.removeLast(live.count - size) }
        unsynced = [:]
        durableCount = live.count
        return damaged
    }

    /// Other bytes, durably.
    mutating func replaceAll(_ bytes: [UInt8]) {
        live = bytes
        durableCount = bytes.count
        unsynced = [:]
    }

    static func sectors(_ range: Range<Int>) -> Range<Int> {
        range.lowerBound / sectorBytes..<(range.upperBound + sectorBytes - 1) / sectorBytes
    }

    private static let zeros = [UInt8](repeating: 0, count: sectorBytes)

    private static func isZero(_ bytes: [UInt8]) -> Bool { bytes == zeros || bytes.allSatisfy { $0 == 0 } }

    /// Remembers what is durable before the live bytes change.
    private mutating func note(_ range: Range<Int>, call: Int, skippingZeros: Bool = false) {
        for number in Self.sectors(range) {
            if unsynced[number] != nil {
                unsynced[number]?.isDirty = true
                unsynced[number]?.isDoomed = false
                unsynced[number]?.call = call
                continue
            }
            let durable = sector(number)
            if skippingZeros, durable.isEmpty { continue }
            unsynced[number] = Sector(durable: durable, isDirty: true, call: call)
        }
    }

    private mutating func restore(_ number: Int, _ durable: [UInt8]) {
        let start = number * Self.sectorBytes
        let end = min(start + Self.sectorBytes, live.count)
        guard start < end else { return }
        if durable.isEmpty {
            for index in start..<end { live[index] = 0 }
        } else {
            live.replaceSubrange(start..<end, with: durable[..<(end - start)])
        }
    }
}
