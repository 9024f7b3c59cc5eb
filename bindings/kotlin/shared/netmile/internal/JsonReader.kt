// Compiled into every artifact: none of them is worth a further dependency.

package netmile.internal

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

    private fun objectOf(depth: Int): Map<String, Any?> {
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
