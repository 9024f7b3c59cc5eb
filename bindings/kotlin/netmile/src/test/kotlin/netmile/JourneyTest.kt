package netmile

import java.time.Instant
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import netmile.support.Gateway
import netmile.support.config
import netmile.support.named
import netmile.support.purchase
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** Form, notice, answer, fulfilment, refund; hostile notices. Notices are composed by independent code. */
class JourneyTest {
    private val client = BlockingClient(config())

    @Test
    fun `a purchase is paid by the notice and delivered once`() {
        val checkout = client.checkout.start(purchase())
        assertEquals("CART-1-1", checkout.orderId)
        assertEquals("text/html; charset=Shift_JIS", checkout.page.contentType)
        assertTrue("髙橋①ー～表ソ" in String(checkout.page.body, charset("windows-31j")))
        assertEquals(emptyList<Event>(), client.events.next())

        val notice = Gateway.notice(checkout.form.fields)
        assertEquals(300, client.notices.inspect(notice).message.amount)
        repeat(3) {
            val answer = client.notices.handle(notice, "application/x-www-form-urlencoded")
            assertEquals(200, answer.status)
            assertEquals("text/csv; charset=Shift_JIS", answer.contentType)
            assertEquals("OK,", String(answer.body))
            assertNull(answer.problem)
        }
        val paid = client.purchases.get("CART-1")
        assertEquals(Phase.PAID, paid.phase)
        assertEquals(listOf(Gateway.TRACKING to 300L), paid.payments.map { it.trackingId to it.amount })
        val event = client.events.next().single()
        assertEquals(listOf(EventKind.PAID, "CART-1", 300L), listOf(event.kind, event.purchaseId, event.amount))
        assertTrue(client.events.ack(event.id))
        assertTrue(!client.events.ack(event.id))
        assertEquals(paid, client.purchases.byOrder("CART-1-1"))
        assertEquals(listOf(paid), client.purchases.list(listOf(Phase.PAID)))
        assertEquals(emptyList<Purchase>(), client.purchases.list(listOf(Phase.OPEN)))
        assertThrows<StateException> { client.checkout.start(purchase()) }
    }

    @Test
    fun `the awaited client does the same`() = runBlocking {
        Client(config()).use { awaited ->
            val notice = Gateway.notice(awaited.checkout.start(purchase()).form.fields)
            val answers = (1..8).map { async(Dispatchers.Default) { awaited.notices.handle(notice) } }.awaitAll()
            assertEquals(List(8) { "OK," }, answers.map { String(it.body) })
            assertEquals(listOf(EventKind.PAID), awaited.events.next().map { it.kind })
            assertEquals(Phase.PAID, awaited.purchases.get("CART-1").phase)
            val error = runCatching { awaited.purchases.get("CART-2") }.exceptionOrNull() as NetmileException
            assertEquals("unknown_order", error.code)
        }
    }

    @Test
    fun `a payment after giving up is told as late`() {
        val checkout = client.checkout.start(purchase())
        assertEquals(Phase.GIVEN_UP, client.checkout.giveUp("CART-1").phase)
        assertTrue(client.notices.handle(Gateway.notice(checkout.form.fields)).accepted)
        assertEquals(listOf(EventKind.GIVEN_UP, EventKind.PAID_LATE), client.events.next().map { it.kind })
        assertEquals(listOf("CART-1"), client.purchases.unresolved().map { it.id })
        assertEquals(Phase.PAID, client.purchases.acceptLate("CART-1").phase)
    }

    @Test
    fun `refusing a notice calls a person`() {
        val checkout = client.checkout.start(purchase())
        val answer = client.notices.refuse(Gateway.notice(checkout.form.fields), "out of stock")
        assertEquals("NG,out of stock", String(answer.body))
        assertEquals("shop_refused", client.purchases.get("CART-1").review)
        assertEquals(Phase.PAID, client.purchases.reviewPaid("CART-1", "CART-1-1", Gateway.TRACKING).phase)
    }

    @Test
    fun `a refund is asked for and confirmed`() {
        client.notices.handle(Gateway.notice(client.checkout.start(purchase()).form.fields))
        val ticket = client.refunds.request("CART-1", "customer changed their mind")
        assertEquals(300, ticket.amount)
        assertTrue(Gateway.TRACKING in ticket.managementUrl!!)
        assertTrue(ticket.deadline.isAfter(Instant.now()))
        val evidence = RefundEvidence("management_page", "operator 7", 299, Instant.now())
        assertThrows<VerificationException> { client.refunds.confirm("CART-1", Gateway.TRACKING, evidence) }
        val refunded = client.refunds.confirm("CART-1", Gateway.TRACKING, evidence.copy(amount = 300))
        assertEquals(Phase.REFUNDED, refunded.phase)
        assertEquals(300, refunded.payments.single().refund?.confirmed?.amount)
    }

    @ParameterizedTest
    @CsvSource(
        "amount,3,mismatch",
        "cust_code,CUST0002,mismatch",
        "item_name,other,mismatch",
        "request_date,20200101000000,mismatch",
        "order_id,CART-9-1,unknown_order",
        "merchant_id,88888,unknown_merchant",
    )
    fun `a hostile notice changes nothing`(field: String, value: String, code: String) {
        val fields = client.checkout.start(purchase()).form.fields
        val answer = client.notices.handle(Gateway.notice(fields, change = mapOf(field to value)))
        assertEquals("NG,$code", String(answer.body))
        assertEquals(code, answer.problem?.code)
        assertTrue(answer.problem!!.hint.isNotEmpty())
        assertEquals(Phase.OPEN, client.purchases.get("CART-1").phase)
        assertEquals("NG,hash_mismatch", String(client.notices.handle(Gateway.notice(fields, key = "another")).body))
        assertEquals(emptyList<Event>(), client.events.next())
    }

    @Test
    fun `what is no notice is answered no`() {
        assertEquals("NG,missing_field", String(client.notices.handle(ByteArray(0)).body))
        assertEquals("NG,malformed", String(client.notices.handle(byteArrayOf(-1, -2, 0)).body))
        assertEquals("NG,too_large", String(client.notices.handle(ByteArray(10 * 1024 * 1024) { 'a'.code.toByte() }).body))
    }

    @Test
    fun `a wrong hash is explained`() {
        val form = client.checkout.start(purchase()).form
        val fields = form.fields.filter { it.name != "sps_hashcode" }
        val right = form.fields.named("sps_hashcode")
        assertEquals("correct", client.explainHash("purchase", fields, right).verdict)
        val explanation = client.explainHash("purchase", fields, right.reversed())
        assertEquals("no_known_recipe", explanation.verdict)
        assertTrue(Gateway.KEY !in "$explanation ${explanation.text}")
    }
}
