import Netmile

func charge(_ client: Client, token: CardToken) async throws {
    let request = ChargeRequest(
        id: "CHARGE-1001",
        method: "credit",
        amount: 1000,
        custCode: "customer-1",
        itemId: "book-1",
        token: token
    )
    switch try await client.payments.charge(request) {
    case .done(let charge): print("paid: \(charge.captured) yen")
    case .rejected(let refusal): print("refused: \(refusal.code)")
    case .unknown(let ticket): print("not known yet: \(ticket.id)")  // client.resolve() finds out
    }
}

func refuse(_ client: Client) async {
    do {
        _ = try await client.purchases.get("CART-0000")
    } catch let error as NetmileError {
        print(error)  // one line that is safe to log
        print(error.code, error.field ?? "", error.hint, error.hintJa, error.retryable)
    } catch {
        print("cancelled before anything was sent")
    }
}
