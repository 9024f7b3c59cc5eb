import Foundation
import Netmile

/// Text for HTML.
func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
        .replacingOccurrences(of: "<", with: "&lt;")
        .replacingOccurrences(of: ">", with: "&gt;")
        .replacingOccurrences(of: "\"", with: "&quot;")
        .replacingOccurrences(of: "'", with: "&#39;")
}

/// A page in UTF-8.
func page(_ title: String, _ body: String, status: Int = 200) -> HttpAnswer {
    let text = """
        <!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>\(escaped(title))</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>\
        <body><main><h1>\(escaped(title))</h1>\(body)</main></body></html>
        """
    return HttpAnswer(status: status, contentType: "text/html; charset=utf-8", body: Data(text.utf8))
}

/// Where an order stands, in words.
func words(_ phase: Phase) -> String {
    switch phase {
    case .open: return "お支払い待ち / waiting for payment"
    case .awaitingNotice: return "確認中 / being confirmed"
    case .paid: return "支払い済み / paid"
    case .refundRequested: return "返金手続き中 / refund requested"
    case .refunded: return "返金済み / refunded"
    default: return phase.name
    }
}

/// What can be bought.
func catalogue() -> HttpAnswer {
    let rows = items.sorted { $0.key < $1.key }.map { key, item in
        """
        <form method="post" action="/buy"><p>\(escaped(item.name)) \(item.yen)円 \
        <button name="item" value="\(key)">購入 / buy</button></p></form>
        """
    }
    return page("Swift の店 / Swift shop", rows.joined())
}

/// One value of a posted form of the shop's own.
func posted(_ name: String, in body: Data) -> String {
    for pair in String(decoding: body, as: UTF8.self).components(separatedBy: "&") {
        let parts = pair.components(separatedBy: "=")
        if parts.count == 2, parts[0] == name {
            return parts[1].replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? ""
        }
    }
    return ""
}
