package netmile.internal

import java.util.Base64
import netmile.Name

/** An object of JSON. */
internal typealias Json = Map<String, Any?>

/** An object without the fields that are not given. */
internal fun jsonOf(vararg fields: Pair<String, Any?>): Json =
    fields.filter { it.second != null }.toMap(LinkedHashMap())

/** Writes maps, lists, texts, numbers, names; bytes as Base64. */
internal fun toJsonText(value: Any?): String = StringBuilder().also { appendJson(it, value) }.toString()

private fun appendJson(out: StringBuilder, value: Any?) {
    when (value) {
        null -> out.append("null")
        is Boolean, is Long, is Int, is Short, is Byte -> out.append(value)
        is Double -> {
            require(value.isFinite()) { "a number is not finite" }
            out.append(value)
        }
        is Float -> appendJson(out, value.toDouble())
        is CharSequence -> appendText(out, value)
        is Name -> appendText(out, value.value)
        is ByteArray -> out.append('"').append(Base64.getEncoder().encodeToString(value)).append('"')
        is Map<*, *> -> {
            out.append('{')
            value.entries.forEachIndexed { number, (name, one) ->
                if (number > 0) out.append(',')
                appendText(out, name.toString())
                out.append(':')
                appendJson(out, one)
            }
            out.append('}')
        }
        is Iterable<*> -> {
            out.append('[')
            value.forEachIndexed { number, one ->
                if (number > 0) out.append(',')
                appendJson(out, one)
            }
            out.append(']')
        }
        else -> throw IllegalArgumentException("a value is of a class that JSON does not have")
    }
}

private fun appendText(out: StringBuilder, text: CharSequence) {
    out.append('"')
    for (char in text) {
        when {
            char == '"' || char == '\\' -> out.append('\\').append(char)
            // UTF-8 has no lone surrogates, JSON can name them: the library then says what it thinks of them.
            char < ' ' || char.isSurrogate() -> out.append("\\u").append(char.code.toString(16).padStart(4, '0'))
            else -> out.append(char)
        }
    }
    out.append('"')
}
