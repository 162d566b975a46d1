import LogFormat
import LoyaltyLedgerTesting

/// The shapes of batches: what differs in how many sectors they touch, and in what lies in them.
enum BatchShape: CaseIterable {
    /// One record of a few bytes: several batches share a sector.
    case tiny
    /// A few records: a sector or two.
    case usual
    /// Many short records in several blocks.
    case wide
    /// A few kilobytes that do not compress.
    case large
    /// Zeros, which must not look like sectors that are missing.
    case zeros
    /// Some thirty sectors.
    case huge

    /// A shape, the small ones more often.
    static func pick(_ random: inout SeededRandom) -> BatchShape {
        switch random.below(20) {
        case 0..<6: .tiny
        case 6..<11: .usual
        case 11..<14: .wide
        case 14..<17: .large
        case 17..<19: .zeros
        default: .huge
        }
    }

    /// A batch of this shape.
    func batch(_ random: inout SeededRandom, number: inout UInt64, recordedAt: Int64) -> ModelBatch {
        var batch = ModelBatch()
        for _ in 0..<recordCount(&random) {
            number += 1
            let record = ModelRecord(
                stream: StreamNumber(rawValue: UInt32(random.below(6))),
                eventCount: 1 + (random.chance(20) ? random.below(3) : 0),
                id: .sequence(source: 1, number: number),
                recordedAt: recordedAt,
                facts: facts(&random),
                details: random.chance(10) ? Self.noise(&random, 20) : []
            )
            batch.records.append(record)
        }
        return batch
    }

    private func recordCount(_ random: inout SeededRandom) -> Int {
        switch self {
        case .tiny, .zeros, .large, .huge: 1
        case .usual: 2 + random.below(4)
        case .wide: 20 + random.below(30)
        }
    }

    private func facts(_ random: inout SeededRandom) -> [UInt8] {
        switch self {
        case .tiny: Self.noise(&random, 1 + random.below(16))
        case .usual: Self.noise(&random, 30 + random.below(200))
        case .wide: Self.noise(&random, 10 + random.below(50))
        case .large: Self.noise(&random, 1500 + random.below(3500))
        case .zeros: [UInt8](repeating: 0, count: 500 + random.below(4000))
        case .huge: Self.noise(&random, 12_000 + random.below(6000))
        }
    }

    static func noise(_ random: inout SeededRandom, _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var index = 0
            while index + 8 <= count {
                raw.storeBytes(of: random.next().littleEndian, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            let word = random.next()
            while index < count {
                buffer[index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * (index % 8)))
                index += 1
            }
            initialized = count
        }
    }
}
