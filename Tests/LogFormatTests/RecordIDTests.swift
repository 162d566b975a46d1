import Testing

@testable import LogFormat

@Suite struct RecordIDTests {
    @Test("ids are coded against the one before")
    func coding() throws {
        var writer = ByteWriter()
        var previous: RecordID?
        for id in BatchFixture.ids {
            writer.recordID(id, after: previous)
            previous = id
        }
        var reader = ByteReader(writer.bytes)
        previous = nil
        for id in BatchFixture.ids {
            let read = try reader.recordID(after: previous)
            #expect(read == id)
            previous = read
        }
        try reader.finish()
    }

    @Test("the next number of a source is one byte")
    func next() {
        var writer = ByteWriter()
        writer.recordID(.sequence(source: 9, number: 5), after: .sequence(source: 9, number: 4))
        #expect(writer.bytes == [1])
    }

    @Test("the halves of 16 bytes are in reading order")
    func order() {
        var writer = ByteWriter()
        writer.recordID(.uuid7(high: 0x0102_0304_0506_0708, low: 0x090a_0b0c_0d0e_0f10), after: nil)
        #expect(writer.bytes == [3] + Array(1...16))
    }

    @Test("bad forms are refused", arguments: [[0], [1], [5], [2, 1], [3, 1, 2]] as [[UInt8]])
    func bad(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: DecodingFailure.self) { try reader.recordID(after: nil) }
    }
}
