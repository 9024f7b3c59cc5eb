/*
 * A small shop that takes NetMile payments: catalogue, order, payment, notice, delivery, refund; and a checkout for an
 * app (examples/checkout-kotlin).
 *
 *     shop http://127.0.0.1:8080 DIRECTORY       # the URL that `netmile-mock serve` prints; where the databases are
 *
 * Only the JDK's own server and `netmile`. What touches payments is the class `Payments`; copy it.
 */

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetSocketAddress
import java.net.URLDecoder
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.security.SecureRandom
import java.util.HexFormat
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import netmile.BlockingClient
import netmile.Config
import netmile.Contract
import netmile.EventKind
import netmile.Language
import netmile.NetmileException
import netmile.NoticeAnswer
import netmile.Phase
import netmile.PurchaseRequest
import netmile.ReturnedBy
import netmile.Terminal
import netmile.Urls

/** Something to buy. */
data class Item(val name: String, val yen: Long)

val ITEMS = mapOf("book" to Item("髙橋の本①", 300), "tea" to Item("お茶 10～20杯", 1200))
const val MAX_BODY = 256 * 1024

/** Everything that touches netmile. */
class Payments(gateway: String, ownUrl: String, directory: Path) : AutoCloseable {
    private val contract = Contract.mock(
        gateway,
        merchantId = System.getenv("NETMILE_MERCHANT_ID") ?: "99999",
        serviceId = System.getenv("NETMILE_SERVICE_ID") ?: "001",
        hashKey = System.getenv("NETMILE_HASH_KEY") ?: "demo0key0of0the0mock0gateway0not0a0secr0",
    )
    val client = BlockingClient(Config(contract, "sqlite://$directory/journal.db", Language.JA))
    private val urls = Urls("$ownUrl/success", "$ownUrl/cancel", "$ownUrl/error", "$ownUrl/notify")

    /** The purchase's first form, which is in the journal before this returns. */
    fun start(order: String, itemId: String) = client.checkout.start(
        PurchaseRequest(
            purchaseId = order,
            custCode = "guest",
            itemId = itemId,
            itemName = ITEMS.getValue(itemId).name,
            amount = ITEMS.getValue(itemId).yen,
            urls = urls,
            terminal = Terminal.PC,
        ),
    )

    /** What to answer to the gateway's notice: the only proof of payment. */
    fun notice(body: ByteArray, contentType: String?): NoticeAnswer {
        val answer = client.notices.handle(body, contentType)
        answer.problem?.let { println("notice not accepted: ${it.code}. ${it.hint}") }
        return answer
    }

    /** The order that the browser is back from. For display only. */
    fun returned(by: ReturnedBy, body: ByteArray, contentType: String?): String? = try {
        client.returns.read(by, body, contentType).purchase?.id
    } catch (error: NetmileException) {
        println("return not accepted: ${error.message}")
        null
    }

    /** Acts on what happened. An order that cannot be delivered now comes again, and holds up no other. */
    fun deliver(orders: Orders) {
        for (event in client.events.next()) {
            try {
                if (event.kind == EventKind.PAID) orders.deliver(event.id, event.purchaseId)
            } catch (error: java.io.IOException) {
                println("not delivered yet: event ${event.id}: ${error.javaClass.simpleName}")
                continue
            }
            client.events.ack(event.id)
        }
    }

    override fun close() = client.close()
}

/** The shop's own records: a line of a file each, so that a restart loses nothing. */
class Orders(directory: Path) {
    private val file = directory.resolve("orders.txt")
    private val items = ConcurrentHashMap<String, String>()
    private val deliveries = ConcurrentHashMap.newKeySet<Pair<String, String>>()

    init {
        val known = if (Files.exists(file)) Files.readAllLines(file) else emptyList()
        for ((word, one, two) in known.map { it.split(" ") }.filter { it.size == 3 }) {
            if (word == "order") items[one] = two else deliveries += one to two
        }
    }

    /** A new order; its id is not guessable. */
    fun add(item: String): String {
        val order = HexFormat.of().formatHex(ByteArray(12).also(SecureRandom()::nextBytes))
        write("order $order $item")
        items[order] = item
        return order
    }

    /** What was ordered. */
    fun item(order: String): String? = items[order]

    /** Delivers once, however often it is told. */
    @Synchronized
    fun deliver(event: Long, order: String) {
        if ("$event" to order in deliveries) return
        write("delivery $event $order")
        deliveries += "$event" to order
    }

    /** How often it was delivered. */
    fun delivered(order: String): Int = deliveries.count { it.second == order }

    @Synchronized
    private fun write(line: String) {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND)
    }
}

val PHASES = mapOf(
    Phase.OPEN to "お支払い待ち / waiting for payment",
    Phase.AWAITING_NOTICE to "確認中 / being confirmed",
    Phase.PAID to "支払い済み / paid",
    Phase.REFUND_REQUESTED to "返金手続き中 / refund requested",
    Phase.REFUNDED to "返金済み / refunded",
)

fun html(text: String): String =
    text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;")

/** The pages. */
class Shop(private val payments: Payments, private val orders: Orders) {
    fun handle(exchange: HttpExchange) {
        try {
            val path = exchange.requestURI.path
            println("${exchange.requestMethod} $path")
            if (exchange.requestMethod == "POST") post(exchange, path) else get(exchange, path)
        } catch (error: NetmileException) {
            println("failed: ${error.message}")
            show(exchange, "しばらくお待ちください / please wait", "", 503)
        } finally {
            exchange.close()
        }
    }

    private fun get(exchange: HttpExchange, path: String) = when {
        path == "/" -> {
            val rows = ITEMS.entries.joinToString("") { (key, item) ->
                "<form method=\"post\" action=\"/buy\"><p>${html(item.name)} ${item.yen}円 " +
                    "<button name=\"item\" value=\"$key\">購入 / buy</button></p></form>"
            }
            show(exchange, "Kotlin の店 / Kotlin shop", rows)
        }
        path.startsWith("/orders/") -> showOrder(exchange, path.removePrefix("/orders/"))
        path.startsWith("/api/orders/") -> tellOrder(exchange, path.removePrefix("/api/orders/"))
        path == "/cancel" || path == "/error" ->
            show(exchange, "お支払いは完了していません / not paid", "<p><a href=\"/\">店へ戻る / back to the shop</a></p>")
        else -> show(exchange, "404", "", 404)
    }

    private fun post(exchange: HttpExchange, path: String) {
        val body = exchange.requestBody.readNBytes(MAX_BODY + 1)
        val contentType: String? = exchange.requestHeaders.getFirst("Content-Type")
        when {
            body.size > MAX_BODY -> show(exchange, "413", "", 413)
            path == "/notify" -> {
                val answer = payments.notice(body, contentType)
                answer(exchange, answer.status, answer.contentType, answer.body)
                payments.deliver(orders)
            }
            path in setOf("/success", "/cancel", "/error") -> {
                val order = payments.returned(ReturnedBy.of(path.drop(1)), body, contentType)
                redirect(exchange, if (order == null) "/" else "/orders/$order")
            }
            path == "/buy" -> buy(exchange, posted(body, "item"))
            path == "/api/buy" -> buyInApp(exchange, posted(body, "item"))
            path == "/refund" -> refund(exchange, posted(body, "order"))
            else -> show(exchange, "404", "", 404)
        }
    }

    private fun buy(exchange: HttpExchange, item: String) {
        if (item !in ITEMS) return show(exchange, "404", "", 404)
        val page = payments.start(orders.add(item), item).page
        page.headers.forEach { exchange.responseHeaders.set(it.name, it.value) }
        answer(exchange, page.status, page.contentType, page.body)
    }

    /** For an app: the order's id and what its web view needs. No key leaves the server. */
    private fun buyInApp(exchange: HttpExchange, item: String) {
        if (item !in ITEMS) return show(exchange, "404", "", 404)
        val order = orders.add(item)
        val hosted = payments.start(order, item).hosted ?: return show(exchange, "409", "", 409)
        exchange.responseHeaders.set("X-Order", order)
        answer(exchange, 200, "application/json", hosted.toByteArray())
    }

    /** For an app: where its order stands. */
    private fun tellOrder(exchange: HttpExchange, order: String) {
        if (orders.item(order) == null) return show(exchange, "404", "", 404)
        answer(exchange, 200, "text/plain; charset=utf-8", payments.client.purchases.get(order).phase.value.toByteArray())
    }

    /** Where an order stands: told by the purchase, never by the browser. */
    private fun showOrder(exchange: HttpExchange, order: String) {
        val item = orders.item(order) ?: return show(exchange, "404", "", 404)
        val purchase = payments.client.purchases.get(order)
        val state = PHASES[purchase.phase] ?: purchase.phase.value
        val refund = "<form method=\"post\" action=\"/refund\">" +
            "<button name=\"order\" value=\"$order\">返金 / refund</button></form>"
        show(
            exchange,
            "ご注文 / your order",
            "<p>${html(ITEMS.getValue(item).name)} ${purchase.amount}円</p><p id=\"state\">${html(state)}</p>" +
                "<p id=\"delivered\">配送 / delivered: ${orders.delivered(order)}</p>" +
                if (purchase.phase == Phase.PAID) refund else "",
        )
    }

    /** A refund is executed by a person on the gateway's management page. */
    private fun refund(exchange: HttpExchange, order: String) = try {
        val ticket = payments.client.refunds.request(order, "asked for on the order page")
        val link = html(ticket.managementUrl.orEmpty())
        show(
            exchange,
            "返金手続き / refund",
            "<p>${ticket.amount}円</p><p><a href=\"$link\">管理画面 / management page</a></p>",
        )
    } catch (error: NetmileException) {
        show(exchange, "返金できません / no refund", "<p>${html(error.message.orEmpty())}</p>", 409)
    }

    private fun posted(body: ByteArray, name: String): String = String(body).split("&")
        .map { it.split("=", limit = 2) }
        .firstOrNull { it.size == 2 && it[0] == name }
        ?.let { runCatching { URLDecoder.decode(it[1], Charsets.UTF_8) }.getOrNull() }
        .orEmpty()

    private fun show(exchange: HttpExchange, title: String, body: String, status: Int = 200) {
        val page = "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>${html(title)}</title>" +
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>" +
            "<body><main><h1>${html(title)}</h1>$body</main></body></html>"
        answer(exchange, status, "text/html; charset=utf-8", page.toByteArray())
    }

    /** Sends the browser elsewhere, so that reload and back are safe. */
    private fun redirect(exchange: HttpExchange, path: String) {
        exchange.responseHeaders.set("Location", path)
        answer(exchange, 303, "text/plain", ByteArray(0))
    }

    private fun answer(exchange: HttpExchange, status: Int, contentType: String, body: ByteArray) {
        exchange.responseHeaders.set("Content-Type", contentType)
        exchange.sendResponseHeaders(status, if (body.isEmpty()) -1 else body.size.toLong())
        exchange.responseBody.use { it.write(body) }
    }
}

/** Serves until it is ended. */
fun main(given: Array<String>) {
    require(given.size == 2) { "usage: shop GATEWAY_URL DIRECTORY" }
    val (gateway, directory) = given
    val server = HttpServer.create(InetSocketAddress("127.0.0.1", 0), 0)
    val ownUrl = "http://127.0.0.1:${server.address.port}"
    val payments = Payments(gateway, ownUrl, Path.of(directory))
    val orders = Orders(Path.of(directory))
    val shop = Shop(payments, orders)
    val workers = Executors.newFixedThreadPool(8)
    val clock = Executors.newSingleThreadScheduledExecutor()
    server.executor = workers
    server.createContext("/") { shop.handle(it) }
    // What a crash left over comes first; then, again and again, what waits too long.
    payments.client.recover()
    clock.scheduleWithFixedDelay({
        try {
            payments.client.resolve()
            payments.deliver(orders)
        } catch (error: NetmileException) {
            println("later: ${error.message}")
        }
    }, 0, 5, TimeUnit.SECONDS)
    server.start()
    println("the shop is ready: $ownUrl")
    Runtime.getRuntime().addShutdownHook(
        Thread {
            server.stop(1)
            clock.shutdown()
            workers.shutdown()
            clock.awaitTermination(10, TimeUnit.SECONDS)
            payments.close()
        },
    )
}
