package netmile.internal

import java.time.Duration
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import netmile.AsyncTransport
import netmile.FormField
import netmile.HttpRequest
import netmile.HttpResponse
import netmile.NotSentException
import netmile.Transport
import netmile.internal.ffi.NetmileClient
import netmile.internal.ffi.NetmileRun

private const val NOT_SENT = """{"result":"not_sent"}"""
private const val LOST = """{"result":"lost"}"""

/** How long an operation takes at most when the configuration does not say. */
private const val OVERALL_SECONDS = 80L

private const val MAX_BODY = 16 * 1024 * 1024

/** The library's object, until the client is closed. */
internal class Connection private constructor(native: NetmileClient, val overallMillis: Long) {
    private val held = AtomicReference<NetmileClient?>(native)

    val isClosed: Boolean get() = held.get() == null

    /** What is running goes on to its end. */
    fun close() {
        held.getAndSet(null)?.close()
    }

    fun native(): NetmileClient = held.get() ?: throw closed()

    fun forContract(merchantId: String, serviceId: String): Connection =
        Connection(translated { native().forContract(merchantId, serviceId) }, overallMillis)

    fun forSite(siteId: String): Connection = Connection(translated { native().forSite(siteId) }, overallMillis)

    companion object {
        fun open(config: Json): Connection {
            Library.ensure()
            val seconds = (config["overall_seconds"] as? Number)?.toLong() ?: OVERALL_SECONDS
            return Connection(translated { NetmileClient(written(config)) }, seconds * 1000)
        }
    }
}

/** What a request is in JSON. */
internal fun written(request: Json): String = try {
    toJsonText(request)
} catch (_: IllegalArgumentException) {
    throw unusableArgument()
}

private inline fun <T> understood(read: () -> T): T = try {
    read()
} catch (_: IllegalArgumentException) {
    throw unreadableAnswer()
} catch (_: ArithmeticException) {
    throw unreadableAnswer()
}

@Suppress("UNCHECKED_CAST") // The parser makes maps of nothing else.
private fun fieldsOf(text: String): Fields = understood { Fields(parseJson(text) as? Json ?: throw unreadableAnswer()) }

/** One step of a run: what to send, or the answer. */
private class Step(text: String, overallMillis: Long) {
    private val from = fieldsOf(text)
    /** How long the request may take; 0 would mean for ever to many HTTP clients. */
    private val left = Duration.ofMillis((understood { from.longOrNull("timeout_ms") } ?: overallMillis).coerceAtLeast(1))
    val request: HttpRequest? =
        understood { if (from.string("step") == "send") from.record("request", ::asked) else null }
    val answer: Fields? = if (request == null) understood { from.record("answer") { it } } else null

    private fun asked(from: Fields) = HttpRequest(
        from.string("method"),
        from.string("url"),
        from.list("headers") { FormField(it.string("name"), it.string("value")) },
        from.bytes("body"),
        left,
    )
}

/** What the library is told; an answer that it would refuse counts as none. */
private fun answered(response: HttpResponse): String {
    require(response.status in 100..599 && response.body.size <= MAX_BODY) { "no answer that can be taken" }
    return toJsonText(
        jsonOf(
            "result" to "answered",
            "status" to response.status,
            "content_type" to response.contentType,
            "body" to response.body,
        ),
    )
}

/** Begins work on a thread of its own. */
internal typealias Begin = (Runnable) -> Unit

private val ON_A_DAEMON: Begin = { Thread(it, "netmile-transport").apply { isDaemon = true }.start() }

/** Blocking calls, on the calling thread. */
internal class BlockingPort(
    private val connection: Connection,
    private val transport: Transport?,
    private val begin: Begin = ON_A_DAEMON,
) {
    fun <T> call(operation: String, request: Json, read: (Fields) -> T): T {
        val native = connection.native()
        val asked = written(request)
        val done = alive {
            if (transport == null) {
                fieldsOf(native.invoke(operation, asked))
            } else {
                native.start(operation, asked).use { bySteps(it, transport) }
            }
        }
        return understood { read(done) }
    }

    private fun bySteps(run: NetmileRun, transport: Transport): Fields {
        var step = Step(run.step(null), connection.overallMillis)
        var interrupted = false
        try {
            while (true) {
                val request = step.request ?: return step.answer ?: throw unreadableAnswer()
                val task = FutureTask { answered(transport.send(request)) }
                val became = try {
                    if (begun(task)) task.get(request.timeout.toMillis(), TimeUnit.MILLISECONDS) else NOT_SENT
                } catch (error: ExecutionException) {
                    // It may have arrived. The journal knows of it, and what was thrown could quote it.
                    if (error.cause is NotSentException) NOT_SENT else LOST
                } catch (_: TimeoutException) {
                    LOST
                } catch (_: InterruptedException) {
                    interrupted = true
                    LOST
                }
                task.cancel(true)
                step = Step(run.step(became), connection.overallMillis)
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt()
        }
    }

    /** Whether it runs: out of threads nothing has left. */
    private fun begun(task: Runnable): Boolean = try {
        begin(task)
        true
    } catch (_: OutOfMemoryError) {
        false
    }
}

/** Awaited calls. */
internal class AwaitedPort(private val connection: Connection, private val transport: AsyncTransport?) {
    suspend fun <T> call(operation: String, request: Json, read: (Fields) -> T): T {
        val native = connection.native()
        val asked = written(request)
        val done = alive {
            if (transport == null) {
                fieldsOf(native.invokeAsync(operation, asked))
            } else {
                native.start(operation, asked).use { bySteps(it, transport) }
            }
        }
        return understood { read(done) }
    }

    private suspend fun bySteps(run: NetmileRun, transport: AsyncTransport): Fields {
        var step = Step(run.stepAsync(null), connection.overallMillis)
        while (true) {
            val request = step.request ?: return step.answer ?: throw unreadableAnswer()
            step = Step(run.stepAsync(sent(request, transport)), connection.overallMillis)
        }
    }

    /**
     * What became of the request. It is sent beside the caller, which waits no longer than the request says: neither a
     * transport that minds no cancellation nor one that blocks its thread holds up the shop.
     */
    private suspend fun sent(request: HttpRequest, transport: AsyncTransport): String {
        val beside = CoroutineScope(currentCoroutineContext().minusKey(Job) + Dispatchers.IO)
        val sending = beside.async {
            try {
                answered(transport.send(request))
            } catch (_: NotSentException) {
                NOT_SENT
            } catch (_: Throwable) {
                // As in the blocking port.
                LOST
            }
        }
        return try {
            withTimeoutOrNull(request.timeout.toMillis()) { sending.await() } ?: LOST
        } catch (_: CancellationException) {
            // Either the caller was cancelled, and then this throws; or the transport gave up.
            currentCoroutineContext().ensureActive()
            LOST
        } finally {
            sending.cancel()
        }
    }
}

/** The generated code says by an `IllegalStateException` that its object was closed meanwhile. */
private inline fun <T> alive(call: () -> T): T = try {
    translated(call)
} catch (error: CancellationException) {
    throw error
} catch (_: IllegalStateException) {
    throw closed()
}
