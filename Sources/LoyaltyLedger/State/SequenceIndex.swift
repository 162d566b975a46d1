/// The positions of one source's commands by their numbers.
///
/// Numbers that come nearly in order lie in pages of 64, a byte each: a command's distance from the first position its page knew.
/// A page that spans more events than a byte counts keeps whole positions; so does a number far ahead of all others.
struct SequenceIndex: Sendable {
    /// Pages that lie together, shared with copies until one of them changes.
    private struct Chunk {
        /// Where each page's positions count from.
        var bases = [UInt64](repeating: 0, count: SequenceIndex.pagesPerChunk)
        /// Distances from there, from 1; 0 where there is no command.
        var offsets = [UInt8](repeating: 0, count: SequenceIndex.numbersPerChunk)
    }

    private static let largestGap: UInt64 = 4096
    static let numbersPerPage = 64
    private static let pagesPerChunk = 16
    private static let numbersPerChunk = numbersPerPage * pagesPerChunk

    private var chunks: [Chunk] = []
    /// Pages whose commands lie too far apart, by their places: a position for each number, 0 for none.
    private(set) var wide: [Int: [UInt64]] = [:]
    /// One more than the greatest number that is not far ahead.
    private(set) var denseCount: UInt64 = 0
    /// Positions of numbers that came far ahead of all others.
    private(set) var sparse: [UInt64: UInt64] = [:]

    /// Where the command of that number lies, or nil.
    ///
    /// - Complexity: O(1).
    func position(of number: UInt64) -> UInt64? {
        guard number < denseCount else { return sparse[number] }
        return densePosition(of: number) ?? sparse[number]
    }

    /// Notes a command that has no position yet.
    mutating func insert(_ number: UInt64, at position: UInt64) {
        guard number < denseCount + Self.largestGap else {
            sparse[number] = position
            return
        }
        extend(through: number)
        insertDense(Int(number), at: position)
    }

    /// Makes all numbers up to one dense, with or without commands.
    private mutating func extend(through number: UInt64) {
        denseCount = max(denseCount, number + 1)
        while UInt64(chunks.count * Self.numbersPerChunk) < denseCount { chunks.append(Chunk()) }
    }

    /// Notes a number that came far ahead, as a snapshot kept it; false where it has a position.
    mutating func insertSparse(_ number: UInt64, at position: UInt64) -> Bool {
        sparse.updateValue(position, forKey: number) == nil
    }

    /// Where the command of a dense number lies, or nil where it has no position or came far ahead.
    func densePosition(of number: UInt64) -> UInt64? {
        let number = Int(number)
        let (chunk, place) = number.quotientAndRemainder(dividingBy: Self.numbersPerChunk)
        let offset = chunks[chunk].offsets[place]
        if offset != 0 { return chunks[chunk].bases[place / Self.numbersPerPage] + UInt64(offset - 1) }
        guard !wide.isEmpty, let page = wide[number / Self.numbersPerPage] else { return nil }
        let position = page[number % Self.numbersPerPage]
        return position == 0 ? nil : position
    }

    /// All numbers that have a position, ascending.
    ///
    /// - Complexity: O(n log n) in those that came far ahead, O(n) otherwise.
    var numbered: [(number: UInt64, position: UInt64)] {
        let near = (0..<denseCount).compactMap { number in
            densePosition(of: number).map { (number: number, position: $0) }
        }
        // A number that came far ahead stays apart when the others have caught up with it.
        let far = sparse.map { (number: $0.key, position: $0.value) }
        return far.isEmpty ? near : (near + far).sorted { $0.number < $1.number }
    }

    /// How many pages the dense numbers take.
    var pageCount: Int { (Int(denseCount) + Self.numbersPerPage - 1) / Self.numbersPerPage }

    /// The position each page counts from; 0 for one that knows none.
    var bases: ArraySlice<UInt64> { chunks.flatMap(\.bases).prefix(pageCount) }

    /// Calls `body` with the offsets of all dense numbers, piece by piece.
    func forEachChunkOfOffsets(_ body: (ArraySlice<UInt8>) -> Void) {
        for (index, chunk) in chunks.enumerated() {
            body(chunk.offsets.prefix(max(Int(denseCount) - index * Self.numbersPerChunk, 0)))
        }
    }

    /// Whether no number of a page has an offset.
    func isEmpty(_ page: Int) -> Bool {
        let (chunk, place) = (page * Self.numbersPerPage).quotientAndRemainder(dividingBy: Self.numbersPerChunk)
        return chunks[chunk].offsets[place..<place + Self.numbersPerPage].allSatisfy { $0 == 0 }
    }

    /// Puts back all pages of an index that is empty, as a snapshot kept them.
    ///
    /// - Parameters:
    ///   - bases: What each page counts from.
    ///   - offsets: A byte for each dense number.
    mutating func restore(from bases: [UInt64], _ offsets: ArraySlice<UInt8>) {
        precondition(chunks.isEmpty && denseCount == 0, "an index that has numbers is not put back")
        denseCount = UInt64(offsets.count)
        chunks.reserveCapacity(offsets.count / Self.numbersPerChunk + 1)
        var (bases, offsets) = (bases[...], offsets)
        while !offsets.isEmpty {
            chunks.append(
                Chunk(
                    bases: Self.padded(bases.prefix(Self.pagesPerChunk), to: Self.pagesPerChunk),
                    offsets: Self.padded(offsets.prefix(Self.numbersPerChunk), to: Self.numbersPerChunk)
                )
            )
            bases = bases.dropFirst(Self.pagesPerChunk)
            offsets = offsets.dropFirst(Self.numbersPerChunk)
        }
    }

    private static func padded<Value: FixedWidthInteger>(_ values: ArraySlice<Value>, to count: Int) -> [Value] {
        var padded: [Value] = []
        padded.reserveCapacity(count)
        padded += values
        padded += repeatElement(0, count: count - values.count)
        return padded
    }

    /// Puts back a page of whole positions, as a snapshot kept it.
    mutating func restoreWide(_ page: Int, _ positions: [UInt64]) { wide[page] = positions }

    private mutating func insertDense(_ number: Int, at position: UInt64) {
        let (chunk, place) = number.quotientAndRemainder(dividingBy: Self.numbersPerChunk)
        let page = number / Self.numbersPerPage
        if wide[page] == nil {
            let base = chunks[chunk].bases[place / Self.numbersPerPage]
            if base == 0 || (position >= base && position - base < UInt64(UInt8.max)) {
                if base == 0 { chunks[chunk].bases[place / Self.numbersPerPage] = position }
                chunks[chunk].offsets[place] = UInt8(base == 0 ? 1 : position - base + 1)
                return
            }
            widen(page)
        }
        wide[page]?[number % Self.numbersPerPage] = position
    }

    /// Gives a page whole positions.
    private mutating func widen(_ page: Int) {
        let numbers = page * Self.numbersPerPage..<(page + 1) * Self.numbersPerPage
        wide[page] = numbers.map { densePosition(of: UInt64($0)) ?? 0 }
        let (chunk, place) = numbers.lowerBound.quotientAndRemainder(dividingBy: Self.numbersPerChunk)
        for place in place..<place + Self.numbersPerPage { chunks[chunk].offsets[place] = 0 }
    }
}
