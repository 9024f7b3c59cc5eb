package netmile.conformance

import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpTimeoutException
import java.util.Base64
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import netmile.AsyncTransport
import netmile.Basic
import netmile.BlockingClient
import netmile.Client
import netmile.Config
import netmile.Contract
import netmile.Encryption
import netmile.Environment
import netmile.HttpRequest
import netmile.HttpResponse
import netmile.LibraryException
import netmile.NetmileException
import netmile.NotSentException
import netmile.Site
import netmile.Transport
import netmile.internal.ABI_VERSION
import netmile.internal.Fields
import netmile.internal.Json
import netmile.internal.Library
import netmile.internal.VERSION
import netmile.internal.ffi.abiVersion
import netmile.internal.ffi.libraryVersion
import netmile.internal.jsonOf
import netmile.internal.parseJson
import netmile.internal.toJsonText

/**
 * The driver of Kotlin in the conformance suite (tests/conformance): every operation by the package's own method;
 * `awaited` takes those of [Client] instead of those of [BlockingClient].
 */
internal class Driver(private val awaited: Boolean) {
    private var transport: String? = null
    private var client: BlockingClient? = null
    private var twin: Client? = null
    private var script: Script? = null
    private val errors = mutableListOf<Throwable>()
    private val held = mutableListOf<Any>()
    private val exposed = mutableListOf<Json>()
    private var answered: Json? = null
    private var configured = ""
    private var redacted = true

    fun reply(line: String): String {
        val parts = line.split("\t")
        return try {
            "ok\t" + toJsonText(answer(parts[0], parts.drop(1)))
        } catch (error: Throwable) {
            errors += error
            val known = error as? NetmileException
            val told = mapOf(
                "code" to (known?.code ?: (error as? Mismatch)?.code ?: error.javaClass.simpleName),
                "field" to known?.field,
                "retryable" to (known?.isRetryable ?: false),
                "text" to error.toString(),
            )
            "error\t" + toJsonText(told)
        }
    }

    private fun answer(command: String, given: List<String>): Any? = when (command) {
        "hello" -> mapOf(
            "language" to "kotlin",
            "has" to listOf("reuse", "async", "callbacks", "steps", "checksums", "loads", "hold") + if (awaited) listOf() else listOf("blocking"),
            "why" to mapOf(
                "blocking" to "every call of this column is awaited",
                "fork" to "a JVM can not fork",
                "runs" to "the package drives runs itself: a shop gives a transport",
                "raw" to "methods have typed arguments: such a request can not be written",
            ),
        )
        "reset" -> none { reset() }
        "version" -> {
            Library.ensure()
            mapOf(
                "abi_version" to abiVersion().toInt(),
                "library_version" to libraryVersion(),
                "facade_abi_version" to ABI_VERSION,
                "facade_version" to VERSION,
            )
        }
        "mismatch" -> none { mismatch(given[0]) }
        "transport" -> none { transport = given[0] }
        "new" -> none {
            configured = given[0]
            use(BlockingClient.fromConfig(json(configured), transport?.let { how ->
                if (how == "never") Silent() else Transport { become(how, it) }
            }))
        }
        "site" -> none { use(opened().forSite(given[0])) }
        "contract" -> none { use(opened().forContract(given[0], given[1])) }
        "invoke" -> invoke(awaited, given[0], json(given[1]))
        "async" -> invoke(true, given[0], json(given[1]))
        "start" -> none { start(given[0], json(given[1])) }
        "step" -> (script ?: error("nothing was started")).step(given.getOrNull(0).orEmpty())
        "hold" -> none { hold(given[0], json(given[1])) }
        "redaction" -> none { redacted = given[0] == "on" }
        "expose" -> {
            val sent = SEEN.filterIsInstance<HttpRequest>().map { asked ->
                jsonOf("headers" to asked.headers.map { "${it.name}: ${it.value}" }, "body" to asked.body)
            }
            mapOf("texts" to listOf(configured) + (exposed + listOfNotNull(answered) + sent).map(::toJsonText))
        }
        "print" -> mapOf("texts" to Printed.of(listOfNotNull(client, twin, Calls.last, script) + held + SEEN, errors, redacted))
        else -> throw NoSuchElementException(command)
    }

    private fun none(run: () -> Unit): Json {
        run()
        return emptyMap()
    }

    private fun reset() {
        client?.close()
        client = null
        twin = null
        transport = null
        script = null
        answered = null
        configured = ""
        Calls.last = null
        listOf(errors, held, exposed, SEEN).forEach { it.clear() }
    }

    private fun opened() = client ?: error("there is no client")

    /** The client, and an awaited one with the same journal. */
    private fun use(made: BlockingClient) {
        client = made
        twin = Client(made.connection(), transport?.let { how ->
            if (how == "never") SilentAwaited() else AsyncTransport { withContext(Dispatchers.IO) { become(how, it) } }
        })
    }

    private fun invoke(awaited: Boolean, operation: String, request: Json): Json {
        val from = asked(operation, request)
        val other = twin
        val answer = if (awaited && other != null) {
            runBlocking { Calls.awaited(other, operation, from) }
        } else {
            Calls.blocking(opened(), operation, from)
        }
        return answer.also { answered = it }
    }

    /** A value of the package: a request, or a part of the configuration. */
    private fun hold(record: String, value: Json) {
        val (things, shown) = when (record) {
            "Contract" -> contract(value)
            "Site" -> Site(text(value, "site_id"), text(value, "key_id"), text(value, "secret"), text(value, "base_url"))
                .let { listOf(it, Config(sites = listOf(it))) to it.toJson() }
            // Where methods take the fields one by one, there is nothing of the package that could be printed.
            else -> Calls.held(record, Fields(value))?.let { (made, shown) -> listOf(made) to shown }
                ?: run {
                    configured += toJsonText(value)
                    return
                }
        }
        held.addAll(things)
        exposed += shown
    }

    private fun contract(value: Json): Pair<List<Any>, Json> {
        val encryption = json(value, "encryption").let { Encryption(text(it, "key"), text(it, "iv")) }
        val basic = json(value, "basic").let { Basic(text(it, "user"), text(it, "password")) }
        val made = Contract(
            text(value, "merchant_id"), text(value, "service_id"), text(value, "hash_key"), Environment.MOCK,
            text(value, "base_url"), encryption = encryption, basic = basic,
        )
        return listOf(made, encryption, basic, Config(made)) to made.toJson()
    }

    private fun text(of: Json, name: String) = of.getValue(name) as String

    @Suppress("UNCHECKED_CAST") // The parser makes maps of nothing else.
    private fun json(of: Json, name: String) = of.getValue(name) as Json

    private fun asked(operation: String, request: Json): Fields {
        val unknown = request.keys - Calls.fields.getValue(operation)
        require(unknown.isEmpty()) { "the method does not take $unknown" }
        return Fields(request)
    }

    private fun start(operation: String, request: Json) {
        val began = Script()
        script = began
        val stepped = BlockingClient(opened().connection(), began)
        thread(isDaemon = true) {
            began.asked += runCatching {
                jsonOf("step" to "done", "answer" to Calls.blocking(stepped, operation, asked(operation, request)))
            }
        }
    }

    @Suppress("UNCHECKED_CAST") // The parser makes maps of nothing else.
    private fun json(text: String): Json = parseJson(text) as? Json ?: throw IllegalArgumentException("no object")
}

/** Hands each request to the case, and gives what the case says became of it. */
private class Script : Transport {
    val asked = LinkedBlockingQueue<Result<Json>>()
    private val became = LinkedBlockingQueue<Map<*, *>>()

    fun step(given: String): Json {
        if (given.isNotEmpty()) became += parseJson(given) as Map<*, *>
        return asked.take().getOrThrow()
    }

    override fun send(request: HttpRequest): HttpResponse {
        val headers = request.headers.map { mapOf("name" to it.name, "value" to it.value) }
        val asking = jsonOf("method" to request.method, "url" to request.url, "headers" to headers, "body" to request.body)
        asked += Result.success(jsonOf("step" to "send", "request" to asking))
        val given = became.take()
        return when (given["result"]) {
            "not_sent" -> throw NotSentException()
            "answered" -> HttpResponse(
                (given["status"] as Long).toInt(),
                given["content_type"] as String?,
                Base64.getDecoder().decode(given["body"] as String),
            )
            else -> throw HttpTimeoutException("lost")
        }
    }
}

/** What a transport was given and gave, to be printed as well. */
private val SEEN: MutableList<Any> = CopyOnWriteArrayList()

private fun become(how: String, request: HttpRequest): HttpResponse {
    SEEN += request
    return when (how) {
        "forward" -> sent(request).also { SEEN += it }
        "not_sent" -> throw NotSentException()
        "rubbish" -> HttpResponse(0, null, ByteArray(0))
        else -> throw HttpTimeoutException("$how: ${request.url}")
    }
}

/** Of a transport that never answers its first request, wherever that arrives; what follows is answered. */
private class Silence {
    private val isFirst = AtomicBoolean(true)
    private val arrived = CountDownLatch(1)

    /** The answer, or nothing for the first request. */
    fun forwarded(request: HttpRequest): HttpResponse? {
        if (!isFirst.getAndSet(false)) {
            arrived.await(CALL_SECONDS, TimeUnit.SECONDS)
            return sent(request)
        }
        try {
            sent(request)
        } catch (_: IOException) {
            // Nobody listens.
        } finally {
            arrived.countDown()
        }
        return null
    }
}

private class Silent : Transport {
    private val silence = Silence()

    override fun send(request: HttpRequest): HttpResponse {
        silence.forwarded(request)?.let { return it }
        CountDownLatch(1).await()
        error("the latch was opened")
    }
}

private class SilentAwaited : AsyncTransport {
    private val silence = Silence()

    override suspend fun send(request: HttpRequest): HttpResponse =
        withContext(Dispatchers.IO) { silence.forwarded(request) } ?: suspendCancellableCoroutine { }
}

private const val CALL_SECONDS = 30L

private val http: HttpClient by lazy { HttpClient.newHttpClient() }

/** Headers that the JDK's client makes itself. */
private val ITS_OWN = setOf("connection", "content-length", "expect", "host", "upgrade")

private fun sent(request: HttpRequest): HttpResponse {
    val asked = java.net.http.HttpRequest.newBuilder(URI(request.url))
        .method(request.method, java.net.http.HttpRequest.BodyPublishers.ofByteArray(request.body))
    request.headers.filter { it.name.lowercase() !in ITS_OWN }.forEach { asked.header(it.name, it.value) }
    val answer = http.send(asked.build(), java.net.http.HttpResponse.BodyHandlers.ofByteArray())
    return HttpResponse(answer.statusCode(), answer.headers().firstValue("content-type").orElse(null), answer.body())
}

private class Mismatch(val code: String, text: String) : RuntimeException(text)

/** Loads the package in a fresh process with that library in the place of its own. */
private fun mismatch(library: String) {
    val java = ProcessHandle.current().info().command().orElse("java")
    val process = ProcessBuilder(
        java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Duniffi.component.netmile_ffi.libraryOverride=$library",
        "-cp", System.getProperty("java.class.path"), "netmile.conformance.DriverKt", "load",
    ).redirectErrorStream(true).start()
    val said = process.inputStream.readAllBytes().toString(Charsets.UTF_8).trim()
    when (process.waitFor()) {
        0 -> return
        LOAD_REFUSED -> throw Mismatch(said.substringBefore('\t'), said.substringAfter('\t'))
        else -> throw Mismatch("crash", said)
    }
}

private const val LOAD_REFUSED = 3

/** Reads a command a line from standard input, and answers with a line. */
internal fun main(given: Array<String>) {
    if ("load" in given) {
        try {
            Library.ensure()
        } catch (error: LibraryException) {
            println("${error.code}\t${error.message}")
            exitProcess(LOAD_REFUSED)
        }
        return
    }
    val driver = Driver("--awaited" in given)
    val out = System.out.writer(Charsets.UTF_8)
    for (line in System.`in`.reader(Charsets.UTF_8).buffered().lineSequence()) {
        if (line == "quit") break
        out.write(driver.reply(line) + "\n")
        out.flush()
    }
}
