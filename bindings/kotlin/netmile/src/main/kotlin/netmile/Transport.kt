package netmile

import java.time.Duration

/**
 * A transport of the shop's own, for [BlockingClient]: for proxies, for tests, for HTTP stacks that a company
 * prescribes. The library never calls it: the client asks the library step by step what to send, and hands it on. So a
 * transport that throws, or never answers, breaks nothing.
 */
public fun interface Transport {
    /**
     * Sends the request once: no retries, no redirects. Whatever it throws but [NotSentException] means that the
     * request may have arrived, and so does an answer that has not come after [HttpRequest.timeout]. It runs on a
     * thread of its own and is interrupted when its time is over.
     */
    @Throws(Exception::class)
    public fun send(request: HttpRequest): HttpResponse
}

/** The same for [Client]. */
public fun interface AsyncTransport {
    /**
     * As [Transport.send], on a dispatcher for blocking work; it is cancelled when its time is over, and not waited
     * for if it does not mind that.
     */
    public suspend fun send(request: HttpRequest): HttpResponse
}

/** What to send. URL, headers and body hold secrets and personal data; `toString` leaves them out. */
public class HttpRequest internal constructor(
    /** `GET`, `POST`, … */
    public val method: String,
    /** Where to. */
    public val url: String,
    /** By name, in order. */
    public val headers: List<FormField>,
    /** As it is to be sent. */
    public val body: ByteArray,
    /**
     * How long the call still waits: a millisecond at least, since 0 means for ever to many HTTP clients. What comes
     * later, an answer or [NotSentException], counts as lost.
     */
    public val timeout: Duration,
) {
    override fun toString(): String = "HttpRequest(method=$method)"
}

/** What came back. At most 16 MiB are taken. */
public class HttpResponse(
    /** The HTTP status. */
    public val status: Int,
    /** Of the body. */
    public val contentType: String?,
    /** As it came. */
    public val body: ByteArray,
) {
    override fun toString(): String = "HttpResponse(status=$status, contentType=$contentType)"
}

/** No byte of the request can have left. Throw it only when that is certain: the request may then be sent again. */
public class NotSentException @JvmOverloads constructor(cause: Throwable? = null) : Exception("not sent", cause)
