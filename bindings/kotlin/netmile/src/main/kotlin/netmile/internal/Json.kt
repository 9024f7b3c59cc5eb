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
            char < ' ' -> out.append("\\u").append(char.code.toString(16).padStart(4, '0'))
            else -> out.append(char)
        }
    }
    out.append('"')
}

/** Reads what the library wrote: whole numbers as `Long`, others as `Double`. */
internal fun parseJson(text: String): Any? = JsonReader(text).whole()

private class JsonReader(private val text: String) {
    private var at = 0

    fun whole(): Any? {
        val value = value(0)
        blank()
        if (at != text.length) wrong()
        return value
    }

    private fun value(depth: Int): Any? {
        if (depth > MAX_DEPTH) wrong()
        blank()
        return when (peek()) {
            '{' -> objectOf(depth)
            '[' -> listOf(depth)
            '"' -> string()
            't' -> word("true", true)
            'f' -> word("false", false)
            'n' -> word("null", null)
            else -> number()
        }
    }

    private fun objectOf(depth: Int): Json {
        val made = LinkedHashMap<String, Any?>()
        at++
        blank()
        if (peek() == '}') {
            at++
            return made
        }
        while (true) {
            blank()
            if (peek() != '"') wrong()
            val name = string()
            blank()
            expect(':')
            made[name] = value(depth + 1)
            blank()
            if (peek() == '}') break
            expect(',')
        }
        at++
        return made
    }

    private fun listOf(depth: Int): List<Any?> {
        val made = ArrayList<Any?>()
        at++
        blank()
        if (peek() == ']') {
            at++
            return made
        }
        while (true) {
            made += value(depth + 1)
            blank()
            if (peek() == ']') break
            expect(',')
        }
        at++
        return made
    }

    private fun string(): String {
        at++
        val start = at
        while (at < text.length && text[at] != '"' && text[at] != '\\') at++
        if (peek() == '"') return text.substring(start, at++)
        val made = StringBuilder().append(text, start, at)
        while (true) {
            when (val char = peek()) {
                '"' -> {
                    at++
                    return made.toString()
                }
                '\\' -> made.append(escaped())
                else -> {
                    made.append(char)
                    at++
                }
            }
        }
    }

    private fun escaped(): Char {
        at++
        val char = peek()
        at++
        return when (char) {
            '"', '\\', '/' -> char
            'b' -> '\b'
            'f' -> '\u000c'
            'n' -> '\n'
            'r' -> '\r'
            't' -> '\t'
            'u' -> {
                if (at + 4 > text.length) wrong()
                val code = text.substring(at, at + 4).toIntOrNull(16) ?: wrong()
                at += 4
                code.toChar()
            }
            else -> wrong()
        }
    }

    private fun number(): Any {
        val start = at
        while (at < text.length && (text[at] in '0'..'9' || text[at] in "+-.eE")) at++
        val digits = text.substring(start, at)
        return digits.toLongOrNull()
            ?: digits.takeIf { it.any { char -> char in ".eE" } }?.toDoubleOrNull()
            ?: wrong()
    }

    private fun word(word: String, value: Any?): Any? {
        if (!text.startsWith(word, at)) wrong()
        at += word.length
        return value
    }

    private fun expect(char: Char) {
        if (peek() != char) wrong()
        at++
    }

    private fun blank() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) at++
    }

    private fun peek(): Char = if (at < text.length) text[at] else wrong()

    // The text may be personal, so it is not quoted.
    private fun wrong(): Nothing = throw IllegalArgumentException("not JSON, at character $at")

    private companion object {
        const val MAX_DEPTH = 64
    }
}
