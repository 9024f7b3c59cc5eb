package netmile

import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import netmile.support.Gateway
import netmile.support.contract
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Runs what the READMEs show; readme.py compares the texts. */
class ReadmeTest {
    private val hashKey = Gateway.KEY
    private val delivered = mutableListOf<String>()
    private val logged = mutableListOf<String>()

    private fun deliverOnce(eventId: Long, purchaseId: String) {
        delivered += "$eventId $purchaseId"
    }

    private fun log(line: String) {
        logged += line
    }

    @Test
    fun `the checkout, the notice and the events`(@TempDir directory: File) = runBlocking {
        val journal = "sqlite://$directory/shop.db"

        // checkout
        val contract = Contract("99999", "001", hashKey, Environment.TEST)
        val client = Client(Config(contract, journal))

        val urls = Urls(
            success = "https://shop.example/success",
            cancel = "https://shop.example/cancel",
            error = "https://shop.example/error",
            notify = "https://shop.example/notify",
        )
        val request = PurchaseRequest(
            purchaseId = "CART-1001",
            custCode = "customer-1",
            itemId = "book-1",
            amount = 300,
            urls = urls,
            terminal = Terminal.PC,
            itemName = "本",
        )
        val checkout = client.checkout.start(request) // in the journal before it exists
        val page = checkout.page
        // end

        assertEquals(200, page.status)
        assertEquals("OK,", String(notify(client, Gateway.notice(checkout.form.fields), null).third))
        assertEquals("NG,missing_field", String(notify(client, ByteArray(0), null).third))
        assertTrue(logged.single().startsWith("notice: missing_field"))

        // events
        for (event in client.events.next()) {
            if (event.kind == EventKind.PAID) deliverOnce(event.id, event.purchaseId) // once for both ids
            client.events.ack(event.id)
        }
        // end

        assertEquals(listOf("1 CART-1001"), delivered)
        client.close()
    }

    // notice
    suspend fun notify(client: Client, body: ByteArray, contentType: String?): Triple<Int, String, ByteArray> {
        val answer = client.notices.handle(body, contentType)
        answer.problem?.let { log("notice: ${it.code} ${it.hint}") }
        return Triple(answer.status, answer.contentType, answer.body)
    }
    // end

    @Test
    fun `errors and outcomes`() = runBlocking {
        val lost = AsyncTransport { throw java.io.IOException("reset") }
        val client = Client(Config(contract()), lost)
        val request = ChargeRequest("ORDER-1", "netmile", 100, "customer-1", "book-1", member = "hanako")

        // outcome
        try {
            when (val outcome = client.payments.charge(request)) {
                is Outcome.Done -> log("paid: ${outcome.value.trackingId}")
                is Outcome.Rejected -> log("refused: ${outcome.refusal.code}")
                is Outcome.Unknown -> log("being confirmed: ${outcome.ticket.id}") // client.resolve() finds out
            }
        } catch (error: NetmileException) {
            val mayHaveBeenSent = error.code in setOf("panic", "unreadable_answer")
            log("${if (mayHaveBeenSent) "look again" else "nothing was sent"}: ${error.message}. ${error.hint}")
        }
        // end

        assertEquals(listOf("being confirmed: ORDER-1"), logged)
        client.close()
    }

    @Test
    fun `a call that is not waited for`() = runBlocking {
        val client = Client(Config(contract()), AsyncTransport { kotlinx.coroutines.awaitCancellation() })
        val request = ChargeRequest("ORDER-1", "netmile", 100, "customer-1", "book-1", member = "hanako")

        // cancelling
        val outcome = withTimeoutOrNull(1_000) { client.payments.charge(request) }
        if (outcome == null) {
            val charge = client.payments.get("ORDER-1") // it is in the journal
            log("being confirmed: ${charge.id}")
        }
        // end

        assertEquals(listOf("being confirmed: ORDER-1"), logged)
        client.close()
    }
}
