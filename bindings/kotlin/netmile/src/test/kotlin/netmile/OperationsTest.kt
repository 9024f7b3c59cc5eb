package netmile

import java.io.File
import java.lang.reflect.Modifier
import netmile.conformance.Calls
import netmile.internal.ABI_VERSION
import netmile.internal.parseJson
import netmile.support.config
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** The package against the manifest of operations. */
class OperationsTest {
    private val root = generateSequence(File("").absoluteFile) { it.parentFile }.first { File(it, "ffi/manifest.json").isFile }

    private val manifest = objectOf(parseJson(File(root, "ffi/manifest.json").readText()))

    private fun objectOf(value: Any?): Map<*, *> = value as Map<*, *>

    private fun list(value: Any?): List<Map<*, *>> = (value as List<*>).map(::objectOf)

    /** `Calls` calls a method of the package for each of its names, or does not compile. */
    @Test
    fun `every operation has a method`() {
        assertEquals(list(manifest["operations"]).map { it["name"] }.toSet(), Calls.fields.keys as Set<*>)
        assertEquals(ABI_VERSION.toLong(), manifest["abi_version"])
    }

    @Test
    fun `both clients have the same methods`() {
        for (room in Client::class.java.fields.filter { !Modifier.isStatic(it.modifiers) }) {
            val blocking = BlockingClient::class.java.getField(room.name).type
            assertEquals("Blocking${room.type.simpleName}", blocking.simpleName)
            assertEquals(names(room.type), names(blocking), room.name)
        }
        assertTrue(names(BlockingClient::class.java).containsAll(names(Client::class.java)))
    }

    private fun names(of: Class<*>): Set<String> =
        of.declaredMethods.filter { Modifier.isPublic(it.modifiers) && '$' !in it.name }.map { it.name }.toSet()

    @Test
    fun `what may be personal is not printed`() {
        val classes = mapOf("Delivery" to "Event", "Pair" to "FormField", "Exchanges" to "ExchangeList")
        var compared = 0
        for (record in list(manifest["records"])) {
            // An outcome without a value is a `Unit`.
            if (record["name"] == "Done") continue
            val name = classes[record["name"]] ?: record["name"]
            val source = sources.firstNotNullOfOrNull { declaration(name).find(it) } ?: continue
            val printed = Regex("\\$(\\w+)").findAll(source.value.substringAfter("fun toString()").substringBefore("override fun equals"))
                .map { it.groupValues[1].removeSuffix("_") }.toSet()
            val shown = list(record["fields"]).filter { it["shown"] == true }.map { camel(it["name"] as String) }.toSet()
            assertEquals(shown, printed, "$name")
            compared++
        }
        assertTrue(compared > 90, "$compared")
    }

    private val sources by lazy {
        File(root, "bindings/kotlin/netmile/src/main/kotlin/netmile").listFiles()!!.filter { it.isFile }.map { it.readText() }
    }

    private fun declaration(name: Any?) = Regex("data class $name\\b.*?\\n}", RegexOption.DOT_MATCHES_ALL)

    private fun camel(name: String): String =
        name.removeSuffix("_ms").split("_").mapIndexed { at, part -> if (at == 0) part else part.replaceFirstChar(Char::uppercase) }
            .joinToString("")

    @Test
    fun `a conversion says why it does not fit`() {
        BlockingClient(config()).use { client ->
            val rate = RateTerms(points = 1, miles = 2, unit = 100, minimum = 500)
            assertEquals(1000, client.exchanges.convert(rate, 500).miles)
            assertEquals("not_in_units", client.exchanges.convert(rate, 550).reason)
            assertThrows<NetmileException> { client.payments.unresolved(0) }
            assertTrue(client.code("5101").known)
            assertTrue(client.errorCatalogue().any { it.code == "hash_mismatch" && it.hintJa.isNotEmpty() })
            assertTrue(client.codeCatalogue().isNotEmpty() && client.catalogue.methods().methods.isNotEmpty())
        }
    }
}
