package netmile.support

import java.net.URLEncoder
import java.nio.charset.Charset
import java.security.MessageDigest
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import netmile.FormField

/** What the gateway does, written independently of the library: Shift_JIS, forms, hashes, notices. */
internal object Gateway {
    const val KEY = "TESTHASHKEY0123456789abcdef0123456789abc"
    const val TRACKING = "12345678901234"
    private val shiftJis: Charset = Charset.forName("windows-31j")

    private val requestPart = """pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id
        pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type
        tracking_id terminal_type free1 free2 free3""".split(Regex("\\s+"))
    private val resultPart = """res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no
        res_payinfo_key res_payment_date res_err_code res_date limit_second""".split(Regex("\\s+"))

    /** A signed result of a posted form, as the gateway posts it to the shop. */
    fun notice(posted: List<FormField>, key: String = KEY, change: Map<String, String> = emptyMap()): ByteArray {
        val asked = posted.reversed().associate { it.name to it.value }
        val now = jst()
        val result = mapOf(
            "res_pay_method" to "netmile",
            "res_result" to "OK",
            "res_tracking_id" to TRACKING,
            "res_payment_date" to now,
            "res_date" to now,
            "limit_second" to "600",
        )
        val fields = requestPart.map { it to (change[it] ?: asked[it].orEmpty()) } +
            ("request_date" to (change["request_date"] ?: asked.getValue("request_date"))) +
            resultPart.map { it to (change[it] ?: result[it].orEmpty()) }
        return form(fields + ("sps_hashcode" to digest(fields.joinToString("") { it.second } + key)))
    }

    /** Japanese time, so many seconds from now. */
    fun jst(offset: Long = 0): String = DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
        .format(Instant.now().plusSeconds(offset).atOffset(ZoneOffset.ofHours(9)))

    /** Fields as a browser posts them. */
    fun form(fields: List<Pair<String, String>>, charset: Charset = shiftJis): ByteArray =
        fields.joinToString("&") { (name, value) -> "$name=${URLEncoder.encode(value, charset)}" }.toByteArray()

    private fun digest(text: String): String =
        MessageDigest.getInstance("SHA-1").digest(text.toByteArray()).joinToString("") { "%02X".format(it) }
}
