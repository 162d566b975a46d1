package import LogFormat
package import LoyaltyDomain

/// A card's folded state and its bytes, as snapshots keep it: most figures of most cards are 0 or absent and take one bit.
///
/// The program, the instant of issue, the version and a bit for each other figure come first, then the figures whose bits are set, all as zigzag
/// varints; instants and days as distances from others that are most often near (DESIGN.md 4.8).
package enum SparseCardCoding {
    /// No state takes fewer bytes.
    package static let leastByteCount = 4

    /// Writes a state behind what the writer holds.
    package static func encode(_ state: CardState, to writer: inout ByteWriter) {
        var figures = Figures()
        figures.addDatesAndSums(of: state)
        figures.addPurse(state.purse)
        figures.addRewards(of: state)
        figures.addEarning(of: state)
        figures.add(state.usesParts ? 1 : 0)
        figures.add(state.lastRedeemed == .plain ? 0 : 1)
        writer.varint(UInt64(state.program.rawValue))
        writer.zigzag(state.issuedAt.milliseconds)
        writer.varint(UInt64(state.version.rawValue))
        writer.varint(figures.bits)
        figures.write(to: &writer)
        if state.usesParts { writer.parts(of: state) }
        if state.lastRedeemed != .plain { writer.redeemed(state.lastRedeemed) }
    }

    /// Reads a state.
    package static func decode(_ reader: inout ByteReader) throws(DecodingFailure) -> CardState {
        let program = ProgramNumber(UInt16(try reader.varint(upTo: UInt64(UInt16.max), "a program number")))
        var state = CardState(issuedAt: Timestamp(milliseconds: try reader.zigzag()), program: program)
        state.version = try reader.cardVersion()
        var figures = FigureBits(rest: try reader.varint(upTo: 1 << Figures.count - 1, "a bit for each figure"))
        try figures.readDatesAndSums(of: &state, &reader)
        state.purse = try figures.readPurse(&reader)
        try figures.readRewards(of: &state, &reader)
        try figures.readEarning(of: &state, &reader)
        let (hasParts, hasReward) = (try figures.next(&reader) != 0, try figures.next(&reader) != 0)
        if hasParts { try reader.parts(of: &state) }
        if hasReward { state.lastRedeemed = try reader.redeemed() }
        return state
    }
}
