package import EventLog
internal import LogFormat
internal import SystemPackage

extension LogError {
    /// The error as an object: code, message, offset, position, expected, found, flipped_byte, flipped_bit; null for what there is not.
    package var json: JSONValue {
        .object([
            .init("code", .string(code.description)),
            .init("message", .string(underlying.map { "\(message): \($0)" } ?? message)),
            .init("offset", .optional(offset)),
            .init("position", .optional(position?.rawValue)),
            .init("expected", .optional(expected)),
            .init("found", .optional(found)),
            .init("flipped_byte", .optional(flippedBit?.byte)),
            .init("flipped_bit", .optional(flippedBit?.bit)),
        ])
    }
}

extension JSONValue {
    /// A whole number, or null.
    package static func optional(_ value: (some BinaryInteger)?) -> JSONValue { value.map { .integer($0) } ?? .null }

    /// A text, or null.
    package static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}

extension TornTail {
    /// The torn write as an object: file, offset, bytes.
    package var json: JSONValue {
        .object([
            .init("file", .string("\(segment)")), .init("offset", .integer(offset)),
            .init("bytes", .integer(byteCount)),
        ])
    }
}
