package netmile

import java.io.PrintWriter
import java.io.StringWriter
import netmile.internal.ABI_VERSION
import netmile.internal.Library
import netmile.internal.VERSION
import netmile.internal.parseJson
import netmile.internal.toJsonText
import netmile.support.Gateway
import netmile.support.config
import netmile.support.contract
import netmile.support.purchase
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Errors, redaction, configuration, closing: what the border between the languages promises. */
class BorderTest {
    @Test
    fun `errors say what and what to do`() {
        BlockingClient(config()).use { client ->
            val error = assertThrows<NetmileException> { client.checkout.start(purchase(amount = 9)) }
            assertEquals(listOf("invalid_value", "amount"), listOf(error.code, error.field))
            assertEquals("amount: must be 10 to 9999999999 yen (invalid_value)", error.message)
            assertTrue(error.hint.isNotEmpty() && error.hintJa.isNotEmpty() && error.hint != error.hintJa)
            assertFalse(error.isRetryable)
        }
    }

    @Test
    fun `production is refused without a journal`() {
        val contract = Contract("99999", "001", Gateway.KEY, Environment.PRODUCTION)
        val error = assertThrows<NetmileException> { BlockingClient(Config(contract)) }
        assertEquals(listOf("configuration", "journal"), listOf(error.code, error.field))
    }

    @Test
    fun `a wrong value is refused by name`() {
        BlockingClient(config()).use { client ->
            val wrong = mapOf(
                purchase(amount = -1) to "amount",
                purchase(terminal = Terminal.of("fridge")) to "terminal",
                purchase(itemName = "10〜20") to "item_name",
                purchase(custCode = "") to "cust_code",
                purchase(purchaseId = "x".repeat(35)) to "purchase_id",
                purchase(itemName = "\ud800") to "request",
            )
            for ((request, field) in wrong) {
                assertEquals(field, assertThrows<NetmileException> { client.checkout.start(request) }.field)
            }
            assertEquals(emptyList<Purchase>(), client.purchases.list())
        }
    }

    @Test
    fun `nothing prints secrets or personal data`() {
        BlockingClient(config()).use { client ->
            val request = purchase(
                custCode = "SECRET-CUSTOMER", free = listOf("SECRET-FREE"), freeCsv = mapOf("TEL" to "SECRET-TEL"),
            )
            val checkout = client.checkout.start(request)
            val fields = checkout.form.fields
            val shown = listOf(
                request, checkout, checkout.form, fields, client.notices.inspect(Gateway.notice(fields)),
                client.notices.handle(Gateway.notice(fields, "another")), contract(), config(), client,
                client.purchases.get("CART-1"), Site("1", "2", "SECRET", "http://x"), Encryption("SECRET", "SECRET"),
            )
            val text = shown.joinToString()
            assertTrue("SECRET" !in text && Gateway.KEY !in text, text)
            assertTrue("CART-1" in text)
        }
    }

    @Test
    fun `refused configurations show no key`() {
        val wrong = listOf(
            contract(serviceId = "1"), contract(url = "http://gateway.example"), contract(key = Gateway.KEY + "\n"),
        )
        for (one in wrong) {
            val error = assertThrows<NetmileException> { BlockingClient(Config(one)) }
            val trace = StringWriter().also { error.printStackTrace(PrintWriter(it)) }.toString()
            assertTrue(Gateway.KEY !in trace, trace)
        }
    }

    @Test
    fun `a configuration is also plain data`() {
        val plain = mapOf("contracts" to listOf(contract().toJson()), "lang" to "ja")
        val problem = BlockingClient.fromConfig(plain).use { it.notices.handle(ByteArray(0)).problem }
        assertTrue("フィールド" in problem!!.hint)
        val error = assertThrows<NetmileException> { BlockingClient.fromConfig(plain + ("jornal" to "memory:")) }
        assertEquals("jornal", error.field)
    }

    @Test
    fun `several contracts are told apart`() {
        val second = contract(key = "another-key", serviceId = "002")
        BlockingClient(Config(listOf(contract(), second))).use { client ->
            assertThrows<ConfigurationException> { client.checkout.start(purchase()) }
            val fields = client.forContract("99999", "002").use { it.checkout.start(purchase()).form.fields }
            assertEquals("NG,hash_mismatch", String(client.notices.handle(Gateway.notice(fields)).body))
            assertEquals("OK,", String(client.notices.handle(Gateway.notice(fields, "another-key")).body))
        }
    }

    @Test
    fun `a closed client refuses`() {
        val client = BlockingClient(config())
        assertEquals("BlockingClient(open)", client.toString())
        client.close()
        client.close()
        assertEquals("BlockingClient(closed)", client.toString())
        assertThrows<StateException> { client.purchases.list() }
    }

    @Test
    fun `a library of another version is refused`() {
        Library.check(ABI_VERSION, VERSION)
        for ((abi, version) in listOf(ABI_VERSION + 1 to VERSION, ABI_VERSION to "9.9.9")) {
            val error = assertThrows<LibraryException> { Library.check(abi, version) }
            assertEquals("version_mismatch", error.code)
            assertTrue("interface $abi and version $version" in error.detail)
        }
    }

    @Test
    fun `bytes and names are compared by what they are`() {
        assertEquals(Phase.of("paid"), Phase.PAID)
        assertFalse(EventKind.PAID.equals(Phase.PAID))
        val answer = NoticeAnswer(200, "text/csv", "OK,".toByteArray(), true)
        assertEquals(answer, answer.copy(body = "OK,".toByteArray()))
        assertNotEquals(answer, answer.copy(body = "NG,".toByteArray()))
    }

    @Test
    fun `texts survive JSON both ways, and what is no JSON is refused`() {
        val value = mapOf("a" to listOf("\"\\\u0001\n髙𠮷", null, true, Long.MAX_VALUE, 1.5), "b" to emptyMap<String, Any>())
        assertEquals(value, parseJson(toJsonText(value)))
        assertEquals("/é", parseJson(""" "\/\u00e9" """))
        for (wrong in listOf("", "{", "[1,]", "\"", "nul", "{\"a\"}", "1 2", "9223372036854775808", "[".repeat(100))) {
            assertThrows<IllegalArgumentException>(wrong) { parseJson(wrong) }
        }
    }
}
