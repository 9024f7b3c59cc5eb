/** Kotlin on the JVM: calls through the package, and a charge by it and by hand (java.net.http, MessageDigest, DOM). */
package netmile.bench

import java.io.File
import java.io.StringReader
import java.lang.management.ManagementFactory
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.charset.Charset
import java.security.MessageDigest
import java.time.Duration
import java.time.ZoneId
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter
import java.util.Base64
import javax.xml.parsers.DocumentBuilderFactory
import netmile.BlockingClient
import netmile.CardToken
import netmile.ChargeRequest
import netmile.Config
import netmile.Contract
import netmile.Encryption
import netmile.MessageKind
import netmile.Method
import org.w3c.dom.Element
import org.xml.sax.InputSource

private const val KEY = "TESTHASHKEY0123456789abcdef0123456789abc"
private const val MERCHANT = "99999"
private const val SERVICE = "001"

/** Seven milliseconds. */
private const val ROUND = 7_000_000L

/** Charges before any is timed: the JVM compiles what runs often, which a server has long behind it. */
private const val WARM = 100

/** Nanoseconds a call, of this thread's own processor time, of the best of a hundred rounds of seven milliseconds. */
private fun best(call: () -> Unit): Double {
    val threads = ManagementFactory.getThreadMXBean()
    var found = Double.POSITIVE_INFINITY
    repeat(100) {
        val started = threads.currentThreadCpuTime
        var calls = 0
        while (threads.currentThreadCpuTime - started < ROUND) {
            repeat(16) { call() }
            calls += 16
        }
        found = minOf(found, (threads.currentThreadCpuTime - started).toDouble() / calls)
    }
    return found
}

private fun local(path: String) {
    val body = File(path).readBytes()
    val contract = Contract.mock("http://127.0.0.1:1", MERCHANT, SERVICE, KEY)
    BlockingClient(Config(contract)).use { client ->
        println("cheap %.1f".format(best { client.exchanges.equalValue(1, 1) }))
        println("hash %.1f".format(best { client.link.verify(MessageKind.PURCHASE_NOTICE, body) }))
    }
}

/** What a developer writes who has the specification and an afternoon. */
private class ByHand(private val url: String, private val key: String) {
    private val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private val login = Base64.getEncoder().encodeToString("$MERCHANT$SERVICE:$key".toByteArray())
    private val documents = DocumentBuilderFactory.newInstance().apply {
        setFeature("http://apache.org/xml/features/disallow-doctype-decl", true)
    }

    private fun send(function: String, fields: List<Pair<String, Any>>): Element {
        val all = listOf("merchant_id" to MERCHANT, "service_id" to SERVICE) + fields +
            listOf("request_date" to now(), "limit_second" to "600")
        val hash = MessageDigest.getInstance("SHA-1")
        val xml = StringBuilder("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<sps-api-request id=\"$function\">")
        fun text(value: String) {
            hash.update(value.trim().toByteArray(CP932))
            val wide = value.any { it.code > 127 }
            xml.append(if (wide) Base64.getEncoder().encodeToString(value.toByteArray(CP932)) else escaped(value))
        }
        for ((name, value) in all) {
            xml.append("<$name>")
            if (value is Map<*, *>) {
                for ((leaf, inner) in value) {
                    xml.append("<$leaf>")
                    text(inner as String)
                    xml.append("</$leaf>")
                }
            } else {
                text(value as String)
            }
            xml.append("</$name>")
        }
        hash.update(key.toByteArray())
        val digest = hash.digest().joinToString("") { "%02x".format(it) }
        xml.append("<sps_hashcode>$digest</sps_hashcode></sps-api-request>")
        val request = HttpRequest.newBuilder(URI(url))
            .timeout(Duration.ofSeconds(60))
            .header("content-type", "text/xml; charset=Shift_JIS")
            .header("authorization", "Basic $login")
            .POST(HttpRequest.BodyPublishers.ofByteArray(xml.toString().toByteArray(CP932)))
            .build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray())
        check(answer.statusCode() == 200) { "HTTP ${answer.statusCode()}" }
        val text = InputSource(StringReader(answer.body().toString(CP932)))
        val parsed = documents.newDocumentBuilder().parse(text).documentElement
        check(leaf(parsed, "res_result") == "OK") { leaf(parsed, "res_err_code") }
        return parsed
    }

    private fun leaf(of: Element, name: String): String = of.getElementsByTagName(name).item(0)?.textContent.orEmpty()

    private fun escaped(text: String) = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    private fun now() = ZonedDateTime.now(TOKYO).format(SECONDS)

    fun charge(order: String) {
        val answer = send(
            "ST01-00131-101",
            listOf(
                "cust_code" to "CUST0001",
                "order_id" to order,
                "item_id" to "ITEM1",
                "item_name" to "しおり",
                "amount" to "1000",
                "sps_cust_info_return_flg" to "0",
                // A token is good for one charge.
                "pay_option_manage" to mapOf(
                    "token" to "token-$order", "token_key" to "key", "cust_manage_flg" to "0", "cardbrand_return_flg" to "1",
                ),
                "encrypted_flg" to "0",
            ),
        )
        send("ST02-00101-101", listOf("tracking_id" to leaf(answer, "res_tracking_id"), "processing_datetime" to now()))
    }

    private companion object {
        val CP932: Charset = Charset.forName("windows-31j")
        val TOKYO: ZoneId = ZoneId.of("Asia/Tokyo")
        val SECONDS: DateTimeFormatter = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
    }
}

/** By turns, so that whatever else the machine does hits both. */
private fun charges(count: Int, url: String, key: String) {
    val hand = ByHand(url, key)
    // The mock's demo contract, as the configuration of the other languages has it.
    val contract = Contract.mock(
        url.removeSuffix("/api/xmlapi.do"), MERCHANT, SERVICE, key,
        listOf(Method("credit", api = "credit")), Encryption("0123456789abcdef01234567", "76543210"),
    )
    val own = mutableListOf<Long>()
    val sdk = mutableListOf<Long>()
    BlockingClient(Config(contract)).use { client ->
        for (number in -WARM until count) {
            val id = number + WARM
            val started = System.nanoTime()
            hand.charge("KTHAND-$id")
            val between = System.nanoTime()
            val outcome = client.payments.charge(
                ChargeRequest(
                    id = "KTSDK-$id",
                    method = "credit",
                    amount = 1000,
                    custCode = "CUST0001",
                    itemId = "ITEM1",
                    itemName = "しおり",
                    token = CardToken("token-KTSDK-$id", "key"),
                ),
            )
            val ended = System.nanoTime()
            check(outcome.isDone) { "a charge failed: $outcome" }
            if (number >= 0) {
                own += between - started
                sdk += ended - between
            }
        }
    }
    println("hand ${own.sorted()[count / 2] / 1000}\nsdk ${sdk.sorted()[count / 2] / 1000}")
}

fun main(given: Array<String>) {
    when {
        given.size == 2 && given[0] == "local" -> local(given[1])
        given.size == 5 && given[0] == "charge" -> charges(given[2].toInt(), given[3], given[4])
        else -> error("local NOTICE, or charge CONFIG COUNT URL KEY")
    }
}
