import LoyaltyDomain
import Testing

/// R20: the idempotency key.
@Suite("Command ids")
struct CommandIDTests {
    private static let version7 = "018f4a2e-7b1c-7def-8a01-0123456789ab"
    private static let version4 = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

    @Test("know a UUID of version 7 from any other 16 bytes")
    func kinds() {
        #expect(CommandID(uuid: Self.version7) == .uuid7(high: 0x018f_4a2e_7b1c_7def, low: 0x8a01_0123_4567_89ab))
        #expect(CommandID(uuid: Self.version4) == .opaque(high: 0x3f25_04e0_4f89_41d3, low: 0x9a0c_0305_e82c_3301))
        // Version 7, but not the variant of RFC 9562.
        #expect(
            CommandID(high: 0x018f_4a2e_7b1c_7def, low: 0xca01_0123_4567_89ab)
                == .opaque(high: 0x018f_4a2e_7b1c_7def, low: 0xca01_0123_4567_89ab)
        )
    }

    @Test("read either case and write the usual one", arguments: [version7, version4])
    func text(uuid: String) {
        #expect(CommandID(uuid: uuid)?.description == uuid)
        #expect(CommandID(uuid: uuid.uppercased()) == CommandID(uuid: uuid))
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "018f4a2e7b1c7def8a010123456789ab", "018f4a2e-7b1c-7def-8a01-0123456789a",
            "018f4a2e-7b1c-7def-8a01-0123456789abc",
            "018f4a2e-7b1c-7def-8a01-0123456789ag", "018f4a2e_7b1c-7def-8a01-0123456789ab",
            "018f4a2e-7b1c-7def-8a0-10123456789ab",
            "018f4a2e-7b1c-7def-8a01-0123456789\u{e9}",
        ]
    )
    func invalid(text: String) {
        #expect(CommandID(uuid: text) == nil)
    }

    @Test("number the commands of a source")
    func sequence() {
        #expect(CommandID.sequence(source: 3, number: 41).description == "3/41")
        #expect(CommandID.opaque(high: 0, low: 0).description == "00000000-0000-0000-0000-000000000000")
    }
}
