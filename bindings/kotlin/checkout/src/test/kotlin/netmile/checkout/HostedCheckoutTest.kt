package netmile.checkout

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** The same rules as the library's own `HostedCheckout`. */
class HostedCheckoutTest {
    private fun json(
        success: String = "https://shop.example/success",
        cancel: String = "https://shop.example/back?how=cancel",
        error: String = "https://shop.example/back",
        action: String = "https://gateway.example/pay",
        method: String = "POST",
        body: String = "cD0x",
    ) = """{"action":"$action","method":"$method","charset":"Shift_JIS",
        "content_type":"application/x-www-form-urlencoded","fields":[["p","SECRET"]],"success_url":"$success",
        "cancel_url":"$cancel","error_url":"$error","body_base64":"$body"}"""

    @ParameterizedTest
    @CsvSource(
        "https://shop.example/success,SUCCESS",
        "HTTPS://SHOP.example:443/success?x=1#top,SUCCESS",
        "https://shop.example/back?how=cancel,CANCEL",
        "https://shop.example/back?how=else,ERROR",
        "https://shop.example/back,ERROR",
        "https://shop.example/Success,",
        "http://shop.example/success,",
        "https://shop.example:8443/success,",
        "https://shop.example.evil.example/success,",
        "https://user@shop.example/success,",
        "https://shop.example\\@evil.example/success,",
        "https://shop.example:65537/success,",
        "https://gateway.example/?u=https://shop.example/success,",
        "shop.example/success,",
        "javascript:alert(1),",
        "https://ＳＨＯＰ.example/success,",
    )
    fun `a return is known by its address`(url: String, how: String?) {
        val seen = HostedCheckout.fromJson(json()).observe(url, byteArrayOf(1))
        assertEquals(how, (seen as? Observation.Returned)?.how?.name)
    }

    @Test
    fun `it is what the server sent, and prints nothing personal`() {
        val checkout = HostedCheckout.fromJson(json())
        assertEquals("POST https://gateway.example/pay", "${checkout.method} ${checkout.action}")
        assertArrayEquals("p=1".toByteArray(), checkout.body)
        assertFalse("SECRET" in "$checkout" || "p=1" in "$checkout")
        val returned = checkout.observe("https://shop.example/success", "SECRET".toByteArray())
        assertEquals("Returned(how=SUCCESS, bodyBytes=6)", "$returned")
    }

    @Test
    fun `anything else is refused without being quoted`() {
        val wrong = listOf(
            "", "SECRET", "[]", "{}", json(method = "GET"), json(action = "javascript:SECRET"), json(success = "app://SECRET"),
            json(body = "SECRET!"), "\"" + "x".repeat(8 * 1024 * 1024),
        )
        for (one in wrong) {
            val error = assertThrows<NotACheckoutException> { HostedCheckout.fromJson(one) }
            assertFalse("SECRET" in error.toString())
        }
    }
}
