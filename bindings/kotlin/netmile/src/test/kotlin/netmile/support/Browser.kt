package netmile.support

import java.net.CookieManager
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.charset.Charset
import java.time.Duration

/** Walks like a customer's browser: pages, forms and cookies over real HTTP, without the code under test. */
internal class Browser {
    private val http = HttpClient.newBuilder()
        .cookieHandler(CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()
    private var charset = Charsets.UTF_8

    var url = ""
        private set
    var status = 0
        private set
    var text = ""
        private set

    fun open(to: String): Browser = send(HttpRequest.newBuilder(URI(to)).GET())

    fun post(to: String, body: ByteArray): Browser = send(
        HttpRequest.newBuilder(URI(to))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
    )

    /** Shows a page that somebody else fetched. */
    fun show(page: ByteArray, shown: Charset): Browser {
        text = String(page, shown)
        charset = shown
        return this
    }

    /** Fills in the form whose action ends like this, and sends it. */
    fun submit(ending: String, vararg values: Pair<String, String>): Browser {
        val form = FORM.findAll(text).firstOrNull { attribute(it.groupValues[1], "action").substringBefore('?').endsWith(ending) }
            ?: error("no form $ending on $url ($status): ${text.take(2000)}")
        val given = values.toMap()
        val fields = INPUT.findAll(form.groupValues[2])
            .map { it.value }
            .filter { attribute(it, "name").isNotEmpty() && attribute(it, "type") !in setOf("submit", "checkbox", "radio") }
            .map { attribute(it, "name") to (given[attribute(it, "name")] ?: attribute(it, "value")) }
            .toList()
        val names = fields.map { it.first }.toSet()
        val sent = attribute(form.groupValues[1], "accept-charset").ifEmpty { null }?.let(::charsetOf) ?: charset
        val body = Gateway.form(fields + values.filter { it.first !in names }, sent)
        val action = attribute(form.groupValues[1], "action")
        return post(if (url.isEmpty()) action else URI(url).resolve(action).toString(), body)
    }

    /** From the gateway's first page to the shop's success page. */
    fun pay(login: String = "hanako", password: String = "hanako-demo"): Browser =
        submit("/login", "login" to login, "password" to password).submit("/pay").submit("/success")

    private fun send(request: HttpRequest.Builder): Browser {
        val answer = http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray())
        val type = answer.headers().firstValue("Content-Type").orElse("")
        charset = charsetOf(type.substringAfter("charset=", "utf-8"))
        url = answer.uri().toString()
        status = answer.statusCode()
        text = String(answer.body(), charset)
        return this
    }

    private fun charsetOf(name: String): Charset =
        Charset.forName(if (name.trim().equals("shift_jis", ignoreCase = true)) "windows-31j" else name.trim())

    private fun attribute(tag: String, name: String): String =
        Regex("""\b$name\s*=\s*"([^"]*)"""", RegexOption.IGNORE_CASE).find(tag)?.groupValues?.get(1).orEmpty()
            .replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    private companion object {
        val FORM = Regex("""<form\b([^>]*)>(.*?)</form>""", setOf(RegexOption.IGNORE_CASE, RegexOption.DOT_MATCHES_ALL))
        val INPUT = Regex("""<input\b[^>]*>""", RegexOption.IGNORE_CASE)
    }
}
