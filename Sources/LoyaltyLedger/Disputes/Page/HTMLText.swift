/// Text for a page: every character that means something in HTML is written as its reference.
///
/// Within content and within quoted attributes alike; control characters, which HTML cannot hold, become pictures.
func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        case "\u{0}"..<" ": escaped.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
        case "\u{7F}"..<"\u{A0}": escaped += "\u{FFFD}"
        // Marks that turn the direction of what follows would let a name rearrange a line.
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}": escaped += "\u{FFFD}"
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}
