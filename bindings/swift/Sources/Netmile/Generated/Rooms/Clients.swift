// Made by generate.py from ffi/manifest.json; do not edit.

extension Client {
    /// Starts purchases and hands out their forms.
    public var checkout: CheckoutRoom {
        CheckoutRoom(calls: calls)
    }

    /// Takes the gateway's server-to-server notices: the only proof of payment.
    public var notices: NoticesRoom {
        NoticesRoom(calls: calls)
    }

    /// Reads what the browser brings back. For display, never proof of payment.
    public var returns: ReturnsRoom {
        ReturnsRoom(calls: calls)
    }

    /// What the shop has to act on, until it acknowledges.
    public var events: EventsRoom {
        EventsRoom(calls: calls)
    }

    /// Looks purchases up and resolves those that wait.
    public var purchases: PurchasesRoom {
        PurchasesRoom(calls: calls)
    }

    /// Asks for refunds and records that they were executed.
    public var refunds: RefundsRoom {
        RefundsRoom(calls: calls)
    }

    /// Recurring contracts, by link and server to server.
    public var subscriptions: SubscriptionsRoom {
        SubscriptionsRoom(calls: calls)
    }

    /// Customer payment data at the gateway.
    public var registrations: RegistrationsRoom {
        RegistrationsRoom(calls: calls)
    }

    /// Single messages, without a journal.
    public var link: LinkRoom {
        LinkRoom(calls: calls)
    }

    /// Charges server to server.
    public var payments: PaymentsRoom {
        PaymentsRoom(calls: calls)
    }

    /// Statements against the journal.
    public var settlement: SettlementRoom {
        SettlementRoom(calls: calls)
    }

    /// NetMile members.
    public var members: MembersRoom {
        MembersRoom(calls: calls)
    }

    /// Miles: issues, cancels, files, campaigns, tags.
    public var miles: MilesRoom {
        MilesRoom(calls: calls)
    }

    /// Point exchange.
    public var exchanges: ExchangesRoom {
        ExchangesRoom(calls: calls)
    }

    /// Methods and codes as data.
    public var catalogue: CatalogueRoom {
        CatalogueRoom(calls: calls)
    }

    /// Names the wrong recipe behind a hash.
    public func explainHash(message: String, fields: [Pair], claimed: String) async throws -> HashExplanation {
        try await calls.invoke("hash.explain", HashQuestion(message: message, fields: fields, claimed: claimed))
    }

    /// Every error code with what to do about it.
    public func errorCatalogue() async throws -> [ErrorEntry] {
        let answer: ErrorCatalogue = try await calls.invoke("catalogue.errors", Nothing())
        return answer.errors
    }

    /// What is known about a code of the gateway; an unknown one gives an entry that says so.
    public func code(_ code: String) async throws -> CodeEntry {
        try await calls.invoke("catalogue.code", CodeQuery(code: code))
    }

    /// Every code of the gateway that is known.
    public func codeCatalogue() async throws -> [CodeEntry] {
        let answer: CodeCatalogue = try await calls.invoke("catalogue.codes", Nothing())
        return answer.codes
    }

    /// Looks after everything that is due; call it once a minute.
    public func resolve() async throws -> ResolvedAll {
        try await calls.invoke("client.resolve", Nothing())
    }

    /// Looks after everything that a crash may have left open; call it when the shop starts.
    public func recover() async throws -> RecoveredAll {
        try await calls.invoke("client.recover", Nothing())
    }
}

extension BlockingClient {
    /// Starts purchases and hands out their forms.
    public var checkout: BlockingCheckoutRoom {
        BlockingCheckoutRoom(calls: calls)
    }

    /// Takes the gateway's server-to-server notices: the only proof of payment.
    public var notices: BlockingNoticesRoom {
        BlockingNoticesRoom(calls: calls)
    }

    /// Reads what the browser brings back. For display, never proof of payment.
    public var returns: BlockingReturnsRoom {
        BlockingReturnsRoom(calls: calls)
    }

    /// What the shop has to act on, until it acknowledges.
    public var events: BlockingEventsRoom {
        BlockingEventsRoom(calls: calls)
    }

    /// Looks purchases up and resolves those that wait.
    public var purchases: BlockingPurchasesRoom {
        BlockingPurchasesRoom(calls: calls)
    }

    /// Asks for refunds and records that they were executed.
    public var refunds: BlockingRefundsRoom {
        BlockingRefundsRoom(calls: calls)
    }

    /// Recurring contracts, by link and server to server.
    public var subscriptions: BlockingSubscriptionsRoom {
        BlockingSubscriptionsRoom(calls: calls)
    }

    /// Customer payment data at the gateway.
    public var registrations: BlockingRegistrationsRoom {
        BlockingRegistrationsRoom(calls: calls)
    }

    /// Single messages, without a journal.
    public var link: BlockingLinkRoom {
        BlockingLinkRoom(calls: calls)
    }

    /// Charges server to server.
    public var payments: BlockingPaymentsRoom {
        BlockingPaymentsRoom(calls: calls)
    }

    /// Statements against the journal.
    public var settlement: BlockingSettlementRoom {
        BlockingSettlementRoom(calls: calls)
    }

    /// NetMile members.
    public var members: BlockingMembersRoom {
        BlockingMembersRoom(calls: calls)
    }

    /// Miles: issues, cancels, files, campaigns, tags.
    public var miles: BlockingMilesRoom {
        BlockingMilesRoom(calls: calls)
    }

    /// Point exchange.
    public var exchanges: BlockingExchangesRoom {
        BlockingExchangesRoom(calls: calls)
    }

    /// Methods and codes as data.
    public var catalogue: BlockingCatalogueRoom {
        BlockingCatalogueRoom(calls: calls)
    }

    /// Names the wrong recipe behind a hash.
    @available(*, noasync)
    public func explainHash(message: String, fields: [Pair], claimed: String) throws -> HashExplanation {
        try calls.invoke("hash.explain", HashQuestion(message: message, fields: fields, claimed: claimed))
    }

    /// Every error code with what to do about it.
    @available(*, noasync)
    public func errorCatalogue() throws -> [ErrorEntry] {
        let answer: ErrorCatalogue = try calls.invoke("catalogue.errors", Nothing())
        return answer.errors
    }

    /// What is known about a code of the gateway; an unknown one gives an entry that says so.
    @available(*, noasync)
    public func code(_ code: String) throws -> CodeEntry {
        try calls.invoke("catalogue.code", CodeQuery(code: code))
    }

    /// Every code of the gateway that is known.
    @available(*, noasync)
    public func codeCatalogue() throws -> [CodeEntry] {
        let answer: CodeCatalogue = try calls.invoke("catalogue.codes", Nothing())
        return answer.codes
    }

    /// Looks after everything that is due; call it once a minute.
    @available(*, noasync)
    public func resolve() throws -> ResolvedAll {
        try calls.invoke("client.resolve", Nothing())
    }

    /// Looks after everything that a crash may have left open; call it when the shop starts.
    @available(*, noasync)
    public func recover() throws -> RecoveredAll {
        try calls.invoke("client.recover", Nothing())
    }
}
