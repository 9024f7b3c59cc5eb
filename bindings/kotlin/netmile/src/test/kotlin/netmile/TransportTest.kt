package netmile

import java.net.ServerSocket
import java.time.Duration
import java.util.concurrent.CountDownLatch
import kotlin.coroutines.suspendCoroutine
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull
import netmile.internal.Begin
import netmile.internal.BlockingPort
import netmile.internal.Connection
import netmile.support.config
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Transports of the shop's own, and calls that are cancelled: what was sent stays known. */
class TransportTest {
    private fun charge(id: String) = ChargeRequest(
        id = id, method = "netmile", amount = 100, custCode = "PERSONAL", itemId = "ITEM1", member = "PERSONAL",
    )

    private fun BlockingClient.open(): List<String> = payments.unresolved().charges.map { it.id }

    @Test
    fun `a transport that throws leaves a known unknown`() {
        val seen = mutableListOf<HttpRequest>()
        val transport = Transport { request ->
            seen += request
            throw IllegalStateException("PERSONAL")
        }
        BlockingClient(config(), transport).use { client ->
            val outcome = client.payments.charge(charge("A-1"))
            assertEquals("A-1", (outcome as Outcome.Unknown).ticket.id)
            assertEquals(listOf("A-1"), client.open())
            assertEquals("HttpRequest(method=POST)", seen.single().toString())
            assertTrue("PERSONAL" !in "$outcome ${seen[0]} ${charge("A-1")}")
        }
    }

    @Test
    fun `a transport that never answers is interrupted, and the outcome is unknown`() {
        val interrupted = CountDownLatch(1)
        val transport = Transport {
            try {
                CountDownLatch(1).await()
            } catch (error: InterruptedException) {
                interrupted.countDown()
                throw error
            }
            error("never")
        }
        BlockingClient(config(overallSeconds = 1), transport).use { client ->
            assertTrue(client.payments.charge(charge("A-1")).isUnknown)
            interrupted.await()
            assertEquals(listOf("A-1"), client.open())
        }
    }

    @Test
    fun `a transport is told how long the call still waits`() = runBlocking {
        val told = mutableListOf<Duration>()
        fun refuse(request: HttpRequest): Nothing {
            told += request.timeout
            throw NotSentException()
        }
        for (seconds in listOf(20L, null)) {
            val within = config(overallSeconds = seconds)
            BlockingClient(within, ::refuse).use { assertThrows<NetmileException> { it.payments.charge(charge("A-1")) } }
            Client(within, ::refuse).use { assertThrows<NetmileException> { it.payments.charge(charge("A-1")) } }
            val most = Duration.ofSeconds(seconds ?: 80)
            assertTrue(told.size >= 2)
            assertTrue(told.all { it <= most && it > most.minusSeconds(10) }, "$told")
            told.clear()
        }
    }

    @Test
    fun `out of threads nothing was sent`() {
        val connection = Connection.open(config().toJson())
        val outOfThreads: Begin = { throw OutOfMemoryError("unable to create native thread") }
        val payments = BlockingPayments(BlockingPort(connection, { error("sent") }, outOfThreads))
        val error = assertThrows<NetmileException> { payments.charge(charge("A-1")) }
        assertEquals("transport", error.code)
        assertEquals(emptyList<Charge>(), payments.unresolved().charges)
        connection.close()
    }

    @Test
    fun `a transport that sent nothing is an error`() {
        BlockingClient(config(), { throw NotSentException() }).use { client ->
            val error = assertThrows<NetmileException> { client.payments.charge(charge("A-1")) }
            assertEquals("transport", error.code)
            assertTrue(error.isRetryable)
            assertEquals(emptyList<String>(), client.open())
        }
    }

    @Test
    fun `an answer that nobody could take counts as none`() {
        BlockingClient(config(), { HttpResponse(42, null, ByteArray(0)) }).use { client ->
            assertTrue(client.payments.charge(charge("A-1")).isUnknown)
        }
    }

    @Test
    fun `a content type that is no text is no error once it was sent`() {
        BlockingClient(config(), { HttpResponse(200, "text/xml; \ud800", ByteArray(0)) }).use { client ->
            assertTrue(client.payments.charge(charge("A-1")).isUnknown)
            assertEquals(listOf("A-1"), client.open())
        }
    }

    @Test
    fun `awaited transports throw and stay silent as well`() = runBlocking {
        val transports = listOf(
            AsyncTransport { error("PERSONAL") },
            AsyncTransport { awaitCancellation() },
            AsyncTransport { suspendCoroutine<Nothing> {} },
            AsyncTransport {
                CountDownLatch(1).await()
                error("never")
            },
        )
        for (transport in transports) {
            Client(config(overallSeconds = 1), transport).use { client ->
                assertTrue(client.payments.charge(charge("A-1")).isUnknown)
                assertEquals(listOf("A-1"), client.payments.unresolved().charges.map { it.id })
            }
        }
    }

    @Test
    fun `cancelling while the transport sends leaves it in the journal`() = runBlocking {
        val sending = CompletableDeferred<Unit>()
        val transport = AsyncTransport {
            sending.complete(Unit)
            awaitCancellation()
        }
        Client(config(), transport).use { client ->
            val job = launch { client.payments.charge(charge("A-1")) }
            sending.await()
            job.cancel()
            job.join()
            assertEquals(listOf("A-1"), client.payments.unresolved().charges.map { it.id })
        }
    }

    @Test
    fun `cancelling the library's own call leaves it in the journal`() = runBlocking {
        ServerSocket(0).use { silent ->
            Client(config("http://127.0.0.1:${silent.localPort}")).use { client ->
                val given = withTimeoutOrNull(1_500) { client.payments.charge(charge("A-1")) }
                assertEquals(null, given)
                assertEquals(listOf("A-1"), client.payments.unresolved().charges.map { it.id })
            }
        }
    }
}
