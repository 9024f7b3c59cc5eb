package netmile.internal

import java.time.Instant
import java.util.Base64
import netmile.FormField
import netmile.Outcome

/** The fields of an object that the library gave. A field that is not there is an error, and a further one is none. */
internal class Fields(private val of: Json) {
    fun string(name: String): String = needed(name, stringOrNull(name))

    fun stringOrNull(name: String): String? = typed<String>(name)

    fun boolean(name: String): Boolean = needed(name, booleanOrNull(name))

    fun booleanOrNull(name: String): Boolean? = typed<Boolean>(name)

    fun long(name: String): Long = needed(name, longOrNull(name))

    fun longOrNull(name: String): Long? = typed<Long>(name)

    fun int(name: String): Int = Math.toIntExact(long(name))

    fun instant(name: String): Instant = Instant.ofEpochMilli(long(name))

    fun instantOrNull(name: String): Instant? = longOrNull(name)?.let(Instant::ofEpochMilli)

    fun bytes(name: String): ByteArray = needed(name, bytesOrNull(name))

    fun bytesOrNull(name: String): ByteArray? = stringOrNull(name)?.let(Base64.getDecoder()::decode)

    fun any(name: String): Any? = of[name]

    fun strings(name: String): List<String> = stringsOrNull(name) ?: emptyList()

    fun stringsOrNull(name: String): List<String>? = listOfAll(name)

    fun longs(name: String): List<Long> = longsOrNull(name) ?: emptyList()

    fun longsOrNull(name: String): List<Long>? = listOfAll(name)

    fun <T> list(name: String, read: (Fields) -> T): List<T> = listOrNull(name, read) ?: emptyList()

    fun <T> listOrNull(name: String, read: (Fields) -> T): List<T>? =
        typed<List<*>>(name)?.map { read(fields(name, it)) }

    fun <T> record(name: String, read: (Fields) -> T): T = needed(name, recordOrNull(name, read))

    fun <T> recordOrNull(name: String, read: (Fields) -> T): T? = of[name]?.let { read(fields(name, it)) }

    fun map(name: String): Map<String, String> = needed(name, mapOrNull(name))

    fun mapOrNull(name: String): Map<String, String>? = of[name]?.let { fields(name, it).texts() }

    fun pairs(name: String): Map<String, String> = list(name, ::readFormField).associate { it.name to it.value }

    /** All of it, as a map of texts. */
    fun texts(): Map<String, String> = of.keys.associateWith(::string)

    private fun fields(name: String, value: Any?): Fields {
        if (value !is Map<*, *>) wrong(name)
        @Suppress("UNCHECKED_CAST") // The parser makes maps of nothing else.
        return Fields(value as Json)
    }

    private inline fun <reified T> listOfAll(name: String): List<T>? =
        typed<List<*>>(name)?.map { it as? T ?: wrong(name) }

    private inline fun <reified T> typed(name: String): T? {
        val value = of[name] ?: return null
        return value as? T ?: wrong(name)
    }

    private fun <T> needed(name: String, value: T?): T = value ?: wrong(name)

    private fun wrong(name: String): Nothing = throw IllegalArgumentException("$name is not what it should be")
}

internal fun readFormField(from: Fields): FormField = FormField(from.string("name"), from.string("value"))

internal fun writeFormField(of: FormField): Json = jsonOf("name" to of.name, "value" to of.value)

/** Longer than any notice that the library reads to its end. */
private const val MAX_RECEIVED = 2 * 1024 * 1024

/**
 * What a stranger sent, or so much of it that the library still answers that it is too large: a notice is answered,
 * however long it is.
 */
internal fun received(body: ByteArray): ByteArray = if (body.size <= MAX_RECEIVED) body else body.copyOf(MAX_RECEIVED)

internal fun writePairs(of: Map<String, String>): List<Json> =
    of.map { (name, value) -> jsonOf("name" to name, "value" to value) }

internal fun <T> readOutcome(from: Fields, read: (Fields) -> T): Outcome<T> = when (from.string("outcome")) {
    "done" -> Outcome.Done(from.record("value", read))
    "rejected" -> Outcome.Rejected(from.record("rejection", ::readRefusal))
    "unknown" -> Outcome.Unknown(from.record("ticket", ::readOpenTicket))
    else -> throw IllegalArgumentException("outcome is not what it should be")
}

internal fun <T> writeOutcome(of: Outcome<T>, write: (T) -> Json): Json = when (of) {
    is Outcome.Done -> jsonOf("outcome" to "done", "value" to write(of.value))
    is Outcome.Rejected -> jsonOf("outcome" to "rejected", "rejection" to writeRefusal(of.refusal))
    is Outcome.Unknown -> jsonOf("outcome" to "unknown", "ticket" to writeOpenTicket(of.ticket))
}
