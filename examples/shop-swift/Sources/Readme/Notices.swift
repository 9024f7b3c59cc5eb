import Foundation
import Netmile

func notify(_ client: Client, body: Data, contentType: String?) async throws -> (Int64, String, Data) {
    let answer = try await client.notices.handle(body, contentType: contentType)
    if let problem = answer.problem {
        print("notice: \(problem.code). \(problem.hint)")
    }
    return (answer.status, answer.contentType, answer.body)
}

func act(_ client: Client, deliverOnce: (Int64, String) async throws -> Void) async throws {
    for event in try await client.events.next() {
        if event.kind == .paid {
            try await deliverOnce(event.id, event.purchaseId)  // once for both ids
        }
        _ = try await client.events.ack(event.id)
    }
}
