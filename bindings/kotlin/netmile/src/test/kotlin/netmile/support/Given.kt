package netmile.support

import netmile.Config
import netmile.Contract
import netmile.FormField
import netmile.Method
import netmile.PurchaseRequest
import netmile.Terminal
import netmile.Urls

internal val URLS = Urls(
    success = "https://shop.example/success",
    cancel = "https://shop.example/cancel",
    error = "https://shop.example/error",
    notify = "https://shop.example/notify",
)

/** NetMile in the API type, as the demo of the mock takes it. */
internal val API: Map<String, Any?> = mapOf(
    "number" to "900",
    "flow" to "one_step",
    "capture" to "automatic",
    "functions" to mapOf("request" to "ST01-00101", "refund" to "ST02-00303", "inquiry" to "MG01-00101"),
    "inquiry_by" to "order",
    "statuses" to listOf(listOf("0", "none"), listOf("1", "processing"), listOf("2", "captured"), listOf("4", "refunded")),
    "member_leaf" to "netmile_user_id",
    "amount_digits" to 7,
)

/** A contract that offers everything, with a gateway where nobody listens unless one is named. */
internal fun contract(
    url: String = "http://127.0.0.1:1",
    key: String = Gateway.KEY,
    serviceId: String = "001",
    methods: List<Method> = listOf(Method("netmile", API, "all"), Method("credit", matrix = "all")),
): Contract = Contract.mock(url, "99999", serviceId, key, methods)

internal fun config(url: String = "http://127.0.0.1:1", key: String = Gateway.KEY, overallSeconds: Long? = null): Config =
    Config(listOf(contract(url, key)), overallSeconds = overallSeconds)

/** A purchase with difficult characters. */
internal fun purchase(
    purchaseId: String = "CART-1",
    amount: Long = 300,
    custCode: String = "CUST0001",
    itemName: String = "髙橋①ー～表ソ",
    urls: Urls = URLS,
    terminal: Terminal = Terminal.PC,
    free: List<String> = emptyList(),
    freeCsv: Map<String, String> = emptyMap(),
): PurchaseRequest = PurchaseRequest(
    purchaseId = purchaseId,
    custCode = custCode,
    itemId = "ITEM1",
    amount = amount,
    urls = urls,
    terminal = terminal,
    itemName = itemName,
    free = free,
    freeCsv = freeCsv,
)

internal fun List<FormField>.named(name: String): String = first { it.name == name }.value
