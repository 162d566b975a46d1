internal import EventCoding
internal import LogFormat
internal import LoyaltyDomain

extension Couplings {
    /// Writes both tables behind their counts, in an order of their own, so that equal tables have equal bytes.
    func encode(to writer: inout ByteWriter) {
        let days = staffStamps.sorted { left, right in
            let (left, right) = (left.key, right.key)
            if left.program != right.program { return left.program.rawValue < right.program.rawValue }
            if left.day != right.day { return left.day < right.day }
            return left.staff.text.utf8.lexicographicallyPrecedes(right.staff.text.utf8)
        }
        writer.varint(UInt64(days.count))
        for (key, stamps) in days {
            writer.varint(UInt64(key.program.rawValue))
            writer.string(key.staff.text)
            writer.zigzag(Int64(key.day.daysSince1970))
            writer.zigzag(Int64(stamps.rawValue))
        }
        writer.varint(UInt64(references.count))
        for hash in references.sorted() { writer.u64(hash) }
    }

    /// Reads both tables.
    init(decoding reader: inout ByteReader) throws(DecodingFailure) {
        self.init()
        for _ in 0..<(try reader.count(of: 5, "days of staff members")) {
            let start = reader.offset
            let program = ProgramNumber(UInt16(try reader.varint(upTo: UInt64(UInt16.max), "a program number")))
            let text = try reader.string()
            guard let staff = Label(text), let day = Int32(exactly: try reader.zigzag()),
                let stamps = Stamps(exactly: try reader.zigzag())
            else { throw DecodingFailure(offset: start, expected: "a staff member's day", found: text) }
            restore(stamps, on: StaffDay(program: program, staff: staff, day: LocalDay(daysSince1970: day)))
        }
        for _ in 0..<(try reader.count(of: 8, "references")) {
            let start = reader.offset
            let hash = try reader.u64()
            guard restore(hash) else {
                throw DecodingFailure(offset: start, expected: "a reference once", found: "\(hash)")
            }
        }
    }
}
