extension DecodedBlock {
    /// Reads all records of the sections that were decoded.
    mutating func readRecords(_ entry: BlockEntry) throws(DecodingFailure) {
        let (withIDs, withDetails) = (sections.contains(.ids), sections.contains(.details))
        var (walk, ids, texts) = (FactsWalk(), IDWalk(), DetailsWalk())
        var position = entry.firstPosition
        records.reserveCapacity(min(entry.recordCount, facts.count))
        for _ in 0..<entry.recordCount {
            let record = try walk.next(facts)
            records.append(
                RecordEntry(
                    position: position,
                    stream: StreamNumber(rawValue: record.stream),
                    eventCount: record.eventCount,
                    id: withIDs ? try ids.next(idBytes) : nil,
                    facts: record.facts,
                    details: withDetails ? try texts.next(details) : 0..<0
                )
            )
            position = position.advanced(by: record.eventCount)
        }
        try entry.checkEvents(through: position)
        try walk.finish(facts)
        try ids.finish(idBytes)
        try texts.finish(details)
    }

    /// Reads the heads of all records, and keeps those of one stream, without ids and details.
    ///
    /// - Returns: Which records of the block they are, from 0.
    mutating func pickRecords(of stream: StreamNumber, _ entry: BlockEntry) throws(DecodingFailure) -> [Int] {
        var ordinals: [Int] = []
        var walk = FactsWalk()
        var position = entry.firstPosition
        for ordinal in 0..<entry.recordCount {
            let record = try walk.next(facts)
            if record.stream == stream.rawValue {
                ordinals.append(ordinal)
                records.append(
                    RecordEntry(
                        position: position,
                        stream: stream,
                        eventCount: record.eventCount,
                        id: nil,
                        facts: record.facts,
                        details: 0..<0
                    )
                )
            }
            position = position.advanced(by: record.eventCount)
        }
        try entry.checkEvents(through: position)
        try walk.finish(facts)
        return ordinals
    }

    /// Adds ids and details, as far as they were decoded, to the records that `pickRecords` kept.
    mutating func completeRecords(_ ordinals: [Int]) throws(DecodingFailure) {
        let (withIDs, withDetails) = (sections.contains(.ids), sections.contains(.details))
        var (ids, texts) = (IDWalk(), DetailsWalk())
        var next = 0
        for (index, ordinal) in ordinals.enumerated() {
            if withIDs {
                try ids.skip(ordinal - next, idBytes)
                records[index].id = try ids.next(idBytes)
            }
            if withDetails {
                for _ in next..<ordinal { _ = try texts.next(details) }
                records[index].details = try texts.next(details)
            }
            next = ordinal + 1
        }
    }

    /// Reads the heads of all records, and appends their streams.
    func readStreams(_ entry: BlockEntry, into streams: inout [StreamNumber]) throws(DecodingFailure) {
        var walk = FactsWalk()
        var position = entry.firstPosition
        for _ in 0..<entry.recordCount {
            let record = try walk.next(facts)
            streams.append(StreamNumber(rawValue: record.stream))
            position = position.advanced(by: record.eventCount)
        }
        try entry.checkEvents(through: position)
        try walk.finish(facts)
    }
}

extension BlockEntry {
    /// Checks that the records that were read end where the block does.
    func checkEvents(through position: Position) throws(DecodingFailure) {
        guard position == nextPosition else {
            let found = "\(firstPosition.distance(to: position))"
            throw DecodingFailure(offset: 0, expected: "records of \(eventCount) events", found: found)
        }
    }
}
