package netmile

import com.sun.net.httpserver.HttpServer
import java.net.InetSocketAddress
import java.nio.file.Path
import java.util.concurrent.Executors
import kotlinx.coroutines.runBlocking
import netmile.support.Browser
import netmile.support.Mock
import netmile.support.contract
import netmile.support.purchase
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The whole journey over HTTP, against the mock gateway: a shop in this process, and a customer's browser. */
class MockTest {
    @Test
    fun `a customer pays, and the shop is told`(@TempDir directory: Path) {
        BlockingClient(Config(contract(mock.url, Mock.KEY), "sqlite://$directory/shop.db")).use { client ->
            val shop = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0)
            val threads = Executors.newCachedThreadPool()
            shop.executor = threads
            shop.createContext("/") { exchange ->
                val body = exchange.requestBody.readAllBytes()
                val answer = if (exchange.requestURI.path == "/notify") {
                    client.notices.handle(body, exchange.requestHeaders.getFirst("Content-Type")).body
                } else {
                    "back".toByteArray()
                }
                exchange.sendResponseHeaders(200, answer.size.toLong())
                exchange.responseBody.use { it.write(answer) }
            }
            shop.start()
            try {
                val own = "http://127.0.0.1:${shop.address.port}"
                val urls = Urls("$own/success", "$own/cancel", "$own/error", "$own/notify")
                val page = client.checkout.start(purchase("KT-1", urls = urls)).page
                val browser = Browser().show(page.body, charset("windows-31j"))
                browser.submit("/f01/FepBuyInfoReceive.do").pay()
                assertEquals("$own/success back", "${browser.url} ${browser.text}")
                assertEquals(Phase.PAID, client.purchases.get("KT-1").phase)
                assertEquals(listOf(EventKind.PAID), client.events.next().map { it.kind })
            } finally {
                shop.stop(0)
                threads.shutdown()
            }
        }
    }

    @Test
    fun `a charge is made, refunded, and told in events`() = runBlocking {
        Client(Config(contract(mock.url, Mock.KEY))).use { client ->
            client.recover()
            val request = ChargeRequest(
                id = "KT-A-1", method = "netmile", amount = 100, custCode = "C1", itemId = "ITEM1", member = "hanako",
            )
            val outcome = client.payments.charge(request)
            assertTrue(outcome.isDone || outcome.isRejected, "$outcome")
            val charge = client.payments.get("KT-A-1")
            assertEquals(100, charge.amount)
            if (outcome is Outcome.Done) {
                assertEquals(outcome.value.trackingId, charge.trackingId)
                assertTrue(client.payments.refund("KT-A-1").isDone)
                assertEquals("refunded", client.payments.get("KT-A-1").phase)
            }
            assertEquals(0, client.resolve().charges.size)
        }
    }

    companion object {
        private val mock = Mock()

        @AfterAll
        @JvmStatic
        fun end() = mock.close()
    }
}
