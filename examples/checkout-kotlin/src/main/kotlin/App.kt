/*
 * What an app does to pay, as a program: it has no key, and believes nobody but the shop's own server.
 *
 *     app SHOP_URL ITEM LOGIN PASSWORD          # with examples/shop-kotlin and a mock
 *
 * In an app the class `WebView` is Android's: `postUrl(checkout.action, checkout.body)`, and `observe` is asked in
 * `onPageStarted`, which calls `stopLoading` when the customer is back. Not in `shouldOverrideUrlLoading`: the return is
 * a POST, and Android does not call it for a POST. Here it is a few lines that walk through the mock's pages.
 */

import java.net.CookieManager
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.charset.Charset
import java.time.Duration
import kotlin.system.exitProcess
import netmile.checkout.HostedCheckout
import netmile.checkout.Observation

/** The shop's own server. */
class ShopServer(private val url: String) {
    private val http = HttpClient.newHttpClient()

    /** Orders, and gives the order's id with what the web view is to show. */
    fun buy(item: String): Pair<String, HostedCheckout> {
        val answer = ask(
            HttpRequest.newBuilder(URI("$url/api/buy"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("item=$item")),
        )
        return answer.headers().firstValue("X-Order").orElseThrow() to HostedCheckout.fromJson(answer.body())
    }

    /** Where the order stands. This, not what the web view saw, is what the app shows. */
    fun state(order: String): String = ask(HttpRequest.newBuilder(URI("$url/api/orders/$order"))).body()

    private fun ask(request: HttpRequest.Builder): HttpResponse<String> {
        val answer = http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200) { "the shop answers ${answer.statusCode()}" }
        return answer
    }
}

/** A web view with a customer in it, who logs in and pays. */
class WebView(private val checkout: HostedCheckout, private val login: String, private val password: String) {
    private val http = HttpClient.newBuilder().cookieHandler(CookieManager()).build()
    private val shiftJis = Charset.forName("windows-31j")

    /** Shows pages until the customer is back; null if that does not happen. */
    fun show(): Observation.Returned? {
        var url = checkout.action
        var body: ByteArray? = checkout.body
        repeat(MAX_PAGES) {
            val seen = checkout.observe(url, body)
            if (seen is Observation.Returned) return seen
            val request = HttpRequest.newBuilder(URI(url)).timeout(Duration.ofSeconds(30))
            if (body != null) request.header("Content-Type", checkout.contentType)
            if (body != null) request.POST(HttpRequest.BodyPublishers.ofByteArray(body))
            val answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
            val moved = answer.headers().firstValue("Location").orElse(null)
            val here = URI(url)
            if (moved != null) {
                url = here.resolve(moved).toString()
                body = null
            } else {
                val (action, fields) = form(String(answer.body(), shiftJis)) ?: return null
                url = here.resolve(action).toString()
                body = fields
            }
        }
        return null
    }

    /** The first form of a page, filled in. */
    private fun form(page: String): Pair<String, ByteArray>? {
        val form = Regex("<form\\b([^>]*)>(.*?)</form>", RegexOption.DOT_MATCHES_ALL).find(page) ?: return null
        val fields = Regex("<input\\b[^>]*>").findAll(form.groupValues[2]).mapNotNull { input ->
            val name = attribute(input.value, "name")?.takeIf { attribute(input.value, "type") !in NOT_SENT }
            val value = when (name) {
                "login" -> login
                "password" -> password
                else -> attribute(input.value, "value").orEmpty()
            }
            name?.let { "$it=${URLEncoder.encode(value, shiftJis)}" }
        }
        return attribute(form.groupValues[1], "action").orEmpty() to fields.joinToString("&").toByteArray()
    }

    private fun attribute(tag: String, name: String): String? =
        Regex("\\b$name=\"([^\"]*)\"").find(tag)?.groupValues?.get(1)
            ?.replace("&quot;", "\"")?.replace("&#39;", "'")?.replace("&lt;", "<")?.replace("&gt;", ">")
            ?.replace("&amp;", "&")

    private companion object {
        const val MAX_PAGES = 20
        val NOT_SENT = setOf("submit", "button", "checkbox", "radio")
    }
}

fun main(given: Array<String>) {
    require(given.size == 4) { "usage: app SHOP_URL ITEM LOGIN PASSWORD" }
    val (shopUrl, item, login, password) = given
    val shop = ShopServer(shopUrl)
    val (order, checkout) = shop.buy(item)
    val back = WebView(checkout, login, password).show()
    println("the web view saw: $back")
    val state = shop.state(order)
    println("the shop says: $state")
    exitProcess(if (state == "paid") 0 else 1)
}
