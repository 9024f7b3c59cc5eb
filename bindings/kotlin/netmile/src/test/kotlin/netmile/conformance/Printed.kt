package netmile.conformance

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.ObjectOutputStream
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Modifier
import java.text.MessageFormat
import java.util.Collections
import java.util.IdentityHashMap
import java.util.Optional
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.SimpleFormatter
import netmile.NetmileException

/** Every way in which Kotlin and the JVM print values and errors, but for printers that read private fields by reflection. */
internal object Printed {
    fun of(things: List<Any>, errors: List<Throwable>, redacted: Boolean): List<String> {
        val all = everything(things).map { if (redacted) it else bare(it) }
        return (all.flatMap(::printed) + all.flatMap(::serialized) + errors.flatMap(::thrown)).distinct()
    }

    /** These, what the package's classes give openly of the package's classes, and copies of data classes. */
    private fun everything(things: List<Any>): List<Any> {
        val found: MutableSet<Any> = Collections.newSetFromMap(IdentityHashMap())
        val waiting = ArrayDeque(things)
        while (waiting.isNotEmpty()) {
            val one = waiting.removeFirst()
            when {
                // A list of the program's own texts prints them.
                one is Iterable<*> -> if (one.all { it != null && isOurs(it) }) {
                    found += one
                    waiting.addAll(one.filterNotNull())
                }
                isOurs(one) && found.add(one) -> waiting.addAll(parts(one))
            }
        }
        return found.toList() + found.mapNotNull(::copy)
    }

    /** What a value of the package holds, as collections, which hide nothing. */
    private fun bare(thing: Any): Any = when {
        thing is Iterable<*> -> thing.map { it?.let(::bare) }
        thing is Map<*, *> -> thing.entries.associate { "${it.key}" to it.value?.let(::bare) }
        thing is ByteArray -> thing.toList()
        thing is Enum<*> || !RECORDS.matches(thing.javaClass.name) -> if (thing is java.io.Serializable) thing else "$thing"
        else -> thing.javaClass.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }.associate { field ->
            field.isAccessible = true
            field.name to field.get(thing)?.let(::bare)
        }
    }

    private fun isOurs(thing: Any) = thing.javaClass.name.startsWith("netmile.") && thing !is Throwable

    private fun parts(thing: Any): List<Any> {
        val fields = thing.javaClass.fields.filterNot { Modifier.isStatic(it.modifiers) }.mapNotNull { it.get(thing) }
        return fields + components(thing).filterNotNull()
    }

    private fun components(thing: Any): List<Any?> = thing.javaClass.methods
        .filter { it.name.matches(COMPONENT) && it.parameterCount == 0 }
        .sortedBy { it.name.removePrefix("component").toInt() }
        .map { it.invoke(thing) }

    private fun copy(thing: Any): Any? {
        val parts = components(thing)
        val method = thing.javaClass.methods.find { it.name == "copy" && it.parameterCount == parts.size && parts.isNotEmpty() }
        return method?.invoke(thing, *parts.toTypedArray())
    }

    private fun printed(thing: Any): List<String> = listOf(
        "$thing",
        String.format("%s %S", thing, thing),
        MessageFormat.format("{0}", thing),
        StringBuilder().append(thing).toString(),
        listOf(thing).toString(),
        arrayOf(thing).contentDeepToString(),
        mapOf(1 to thing).toString(),
        (1 to thing).toString(),
        Result.success(thing).toString(),
        Optional.of(thing).toString(),
        CompletableFuture.completedFuture(thing).toString(),
        AssertionError(thing).toString(),
        SimpleFormatter().format(LogRecord(Level.INFO, "{0}").apply { parameters = arrayOf(thing) }),
    )

    /** What serialization wrote, even if it then refused; and how it refused. */
    private fun serialized(thing: Any): List<String> {
        val written = ByteArrayOutputStream()
        val refused = try {
            ObjectOutputStream(written).use { it.writeObject(thing) }
            ""
        } catch (error: IOException) {
            error.stackTraceToString()
        }
        val bytes = written.toByteArray()
        return listOf(refused, bytes.toString(Charsets.UTF_8), bytes.joinToString("") { "%02x".format(it) })
    }

    /** An error, those behind it, and what others make of it. */
    private fun thrown(error: Throwable): List<String> {
        val seen: MutableSet<Throwable> = Collections.newSetFromMap(IdentityHashMap())
        val waiting = ArrayDeque(listOf(error))
        while (waiting.isNotEmpty()) {
            val one = waiting.removeFirst()
            if (seen.add(one)) waiting += listOfNotNull(one.cause, *one.suppressed)
        }
        val around = listOf(
            RuntimeException(error), ExecutionException(error), InvocationTargetException(error), AssertionError(error),
            IllegalStateException("closing").apply { addSuppressed(error) },
        )
        val texts = (seen + around).flatMap { one ->
            listOfNotNull(one.toString(), one.message, one.localizedMessage, one.stackTraceToString()) +
                ((one as? NetmileException)?.let { listOfNotNull(it.code, it.field, it.detail, it.hint, it.hintJa) } ?: emptyList())
        }
        val failed = CompletableFuture.failedFuture<Any>(error).toString()
        return texts + failed + Result.failure<Any>(error).toString() + seen.flatMap(::printed) + seen.flatMap(::serialized)
    }

    private val COMPONENT = Regex("component\\d+")

    /** Values; not what holds a connection. */
    private val RECORDS = Regex("netmile\\.[A-Z]\\w*(\\$\\w+)*")
}
