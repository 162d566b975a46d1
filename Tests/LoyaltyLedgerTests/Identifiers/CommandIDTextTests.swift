import LoyaltyLedger
import Testing

@Suite struct CommandIDTextTests {
    @Test func readsAUUIDAsItself() {
        let text = "01890a5d-ac96-774b-bcce-b302099a8057"
        #expect(CommandID(text: text).description == text)
    }

    /// The first 16 bytes of `printf 'loyalty-ledger command id\0till-7/42' | sha256sum`.
    @Test func readsOtherTextsAsTheirDigest() {
        #expect(CommandID(text: "till-7/42").description == "4782cbfd-777d-ece0-a004-f1206103290c")
        #expect(CommandID(text: "till-7/42") != CommandID(text: "till-7/43"))
    }
}
