internal import LogFormat

/// The blocks of a batch whose header is good.
extension WreckWalk {
    mutating func take(
        _ header: BatchHeader,
        _ whole: DecodingFailure?,
        _ course: inout Course,
        _ emit: Emit
    ) throws {
        let place = course.place
        do throws(ScanFailure) {
            try course.scanner.directory(of: header, at: place)
        } catch {
            let streams = course.index?.streams(in: place..<place + header.length)
            let cause = cause(error.reason(at: place), course, damageRow(course, extent: header.length))
            add(.events, first: next, last: header.nextPosition.advanced(by: -1), cause, streams)
            next = header.nextPosition
            return
        }
        var hasher = chainHash.map { ChainHasher(header, after: $0) }
        var isWhole = true
        for number in course.scanner.entries.indices where course.scanner.entries[number].nextPosition > next {
            let entry = course.scanner.entries[number]
            guard let read = decode(number, of: header, &course) else { continue }
            if let failure = read.failure {
                isWhole = false
                let cause = cause(failure, course, damageRow(course, extent: header.length))
                noteLoss(entry, read.sections, cause, place, number, course)
            }
            if let sections = read.sections {
                if isWhole { hasher?.append(block) } else { hasher = nil }
                try hand(sections, emit)
            }
            next = max(next, entry.nextPosition)
        }
        guard isWhole else { return }
        if let whole { note(.nothing, cause(whole, course, damageRow(course, extent: header.length))) }
        if let hash = hasher?.hash(), hash != header.chainHash {
            let expected = "chain hash \(hash)"
            let failure = DecodingFailure(offset: place + 56, expected: expected, found: "\(header.chainHash)")
            note(.nothing, cause(failure, course, damageRow(course, extent: header.length)))
        }
    }

    /// Decodes as many sections of a block as are good; no sections where not even the facts are.
    private mutating func decode(
        _ number: Int,
        of header: BatchHeader,
        _ course: inout Course
    ) -> (sections: SectionSet?, failure: DecodingFailure?)? {
        var first: DecodingFailure?
        for sections in [SectionSet.all, .ids, .details, .facts] {
            do throws(ScanFailure) {
                try course.scanner.decode(number, of: header, at: course.place, sections, into: &block)
                return (sections, first)
            } catch {
                first = first ?? error.reason(at: course.place)
            }
        }
        return (nil, first)
    }

    private mutating func noteLoss(
        _ entry: BlockEntry,
        _ sections: SectionSet?,
        _ cause: LogError,
        _ place: Int,
        _ number: Int,
        _ course: Course
    ) {
        let last = entry.nextPosition.advanced(by: -1)
        guard let sections else {
            let reference = StreamIndex.BlockReference(batchOffset: place, block: number)
            return add(
                .events,
                first: max(next, entry.firstPosition),
                last: last,
                cause,
                course.index?.streams(in: reference)
            )
        }
        let streams = Set(block.records.map(\.stream)).sorted()
        if !sections.contains(.details) { add(.details, first: entry.firstPosition, last: last, cause, streams) }
        if !sections.contains(.ids) { add(.ids, first: entry.firstPosition, last: last, cause, streams) }
    }

    /// Hands the records of the block on that were not there before.
    private mutating func hand(_ sections: SectionSet, _ emit: Emit) throws {
        for record in block.records where record.position >= next {
            try emit(SalvagedRecord(StoredRecord(block, record), hasDetails: sections.contains(.details)))
            readEvents += record.eventCount
        }
    }
}
