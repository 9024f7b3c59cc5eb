package netmile.conformance

import java.io.PrintWriter
import java.io.StringWriter
import java.net.http.HttpTimeoutException
import kotlinx.coroutines.runBlocking
import netmile.AsyncTransport
import netmile.BlockingClient
import netmile.Client
import netmile.HttpRequest
import netmile.NetmileException
import netmile.NotSentException
import netmile.Transport
import netmile.internal.ABI_VERSION
import netmile.internal.Fields
import netmile.internal.Json
import netmile.internal.Library
import netmile.internal.VERSION
import netmile.internal.ffi.NetmileRun
import netmile.internal.ffi.abiVersion
import netmile.internal.ffi.libraryVersion
import netmile.internal.parseJson
import netmile.internal.toJsonText
import netmile.internal.translated

/** The driver of Kotlin in the conformance suite (tests/conformance): every command by the package's own methods. */
internal class Driver {
    private var transport: String? = null
    private var client: BlockingClient? = null
    private var awaited: Client? = null
    private var run: NetmileRun? = null
    private val errors = mutableListOf<Throwable>()

    /** How many operations went through the method of a room, and how many could not be said by it. */
    var byMethod = 0
        private set
    var byName = 0
        private set

    fun reply(line: String): String {
        val parts = line.split("\t")
        return try {
            "ok\t" + toJsonText(answer(parts[0], parts.drop(1)))
        } catch (error: Throwable) {
            errors += error
            "error\t" + toJsonText(told(error))
        }
    }

    private fun told(error: Throwable): Json {
        val known = error as? NetmileException
        return mapOf(
            "code" to (known?.code ?: error.javaClass.simpleName),
            "field" to known?.field,
            "retryable" to (known?.isRetryable ?: false),
            "text" to error.toString(),
        )
    }

    private fun answer(command: String, given: List<String>): Any? = when (command) {
        "hello" -> mapOf(
            "language" to "kotlin",
            "has" to listOf("async", "callbacks", "steps"),
            "why" to mapOf("fork" to "a JVM can not fork"),
        )
        "version" -> {
            Library.ensure()
            mapOf("abi_version" to abiVersion().toInt(), "library_version" to libraryVersion())
        }
        "transport" -> none { transport = given[0] }
        "new" -> none { use(BlockingClient.fromConfig(json(given[0]), blockingTransport())) }
        "site" -> none { use(opened().forSite(given[0])) }
        "contract" -> none { use(opened().forContract(given[0], given[1])) }
        "invoke" -> invoke(given[0], given[1])
        "async" -> runBlocking { invokeAwaited(given[0], given[1]) }
        "start" -> none {
            val native = opened().connection().native()
            run = translated { native.start(given[0], given[1]) }
        }
        "step" -> translated { parseJson(run!!.step(given.getOrNull(0)?.ifEmpty { null })) }
        "mismatch" -> none { Library.check(ABI_VERSION + 1, VERSION) }
        "print" -> mapOf("texts" to printed())
        else -> throw NoSuchElementException(command)
    }

    private fun none(run: () -> Unit): Json {
        run()
        return emptyMap()
    }

    private fun opened() = client ?: error("there is no client")

    private fun use(made: BlockingClient) {
        client = made
        awaited = Client(made.connection(), asyncTransport())
    }

    private fun invoke(operation: String, text: String): Any? {
        return try {
            val request = json(text)
            val fields = Calls.fields[operation]
            if (fields == null || !fields.containsAll(request.keys)) return raw(operation, text)
            Calls.blocking(opened(), operation, Fields(request)).also { byMethod++ }
        } catch (_: IllegalArgumentException) {
            // The case asks for what the method's types do not let through.
            raw(operation, text)
        } catch (_: ArithmeticException) {
            raw(operation, text)
        }
    }

    private suspend fun invokeAwaited(operation: String, text: String): Any? {
        val request = json(text)
        val fields = Calls.fields[operation]
        if (fields == null || !fields.containsAll(request.keys)) return raw(operation, text)
        return Calls.awaited(awaited!!, operation, Fields(request)).also { byMethod++ }
    }

    private fun raw(operation: String, text: String): Any? {
        byName++
        val native = opened().connection().native()
        return translated { parseJson(native.invoke(operation, text)) }
    }

    private fun send(request: HttpRequest): Nothing =
        if (transport == "not_sent") throw NotSentException() else throw HttpTimeoutException("$transport: ${request.url}")

    private fun blockingTransport(): Transport? = transport?.let { Transport { request -> send(request) } }

    private fun asyncTransport(): AsyncTransport? = transport?.let { AsyncTransport { request -> send(request) } }

    private fun printed(): List<String> {
        val things = listOf(client, awaited, Calls.last) + errors
        val traces = errors.map { error -> StringWriter().also { error.printStackTrace(PrintWriter(it)) }.toString() }
        val words = errors.flatMap { listOf(it.message, it.localizedMessage, (it as? NetmileException)?.hint) }
        return things.filterNotNull().map(Any::toString) + traces + words.filterNotNull()
    }

    @Suppress("UNCHECKED_CAST") // The parser makes maps of nothing else.
    private fun json(text: String): Json = parseJson(text) as? Json ?: throw IllegalArgumentException("no object")
}

/** Reads a command a line from standard input, and answers with a line. */
internal fun main() {
    val driver = Driver()
    val out = System.out.writer(Charsets.UTF_8)
    for (line in System.`in`.reader(Charsets.UTF_8).buffered().lineSequence()) {
        if (line == "quit") break
        out.write(driver.reply(line) + "\n")
        out.flush()
    }
    if (System.getenv("NETMILE_DRIVER_TALLY") != null) {
        System.err.println("by method ${driver.byMethod}, by name ${driver.byName}")
    }
}
