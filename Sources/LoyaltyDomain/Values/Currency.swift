/// An ISO 4217 currency: three capital letters, and how many decimal digits its minor unit has.
public struct Currency: Hashable, Sendable {
    /// The ISO code, such as `USD`.
    public let code: String

    /// Decimal digits of the minor unit: 2 for cents, 0 for yen, 3 for fils.
    public var minorDigits: Int {
        if Currency.withoutMinorUnit.contains(code) { return 0 }
        return Currency.withThreeDigits.contains(code) ? 3 : 2
    }

    /// Creates a currency, or nil where the code is not three capital letters.
    public init?(_ code: some StringProtocol) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else {
            return nil
        }
        self.code = String(code)
    }

    private static let withoutMinorUnit: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDigits: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}

extension Currency: CustomStringConvertible {
    /// The ISO code.
    public var description: String { code }
}
