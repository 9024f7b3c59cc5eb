package netmile.support

import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** The mock gateway with its demo scenario, as a process of its own; `NETMILE_MOCK_BIN` names the program. */
internal class Mock : AutoCloseable {
    private val log = File.createTempFile("netmile-mock", ".log")
    private val process = ProcessBuilder(binary(), "serve", "--port", "0").redirectError(log).start()

    /** Where it listens. */
    val url: String = process.readyUrl(log)

    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        log.delete()
    }

    companion object {
        const val KEY = "demo0key0of0the0mock0gateway0not0a0secr0"

        private fun binary(): String =
            System.getenv("NETMILE_MOCK_BIN") ?: error("NETMILE_MOCK_BIN must name the built netmile-mock")
    }
}

/** The URL after `ready: ` in the first line that a server prints; one that never gets ready is ended. */
internal fun Process.readyUrl(log: File): String {
    val watchdog = thread(isDaemon = true) {
        if (runCatching { Thread.sleep(60_000) }.isSuccess) destroyForcibly()
    }
    val line = inputStream.bufferedReader().readLine().orEmpty()
    watchdog.interrupt()
    check("ready: " in line) { "it did not start: ${log.readText().takeLast(2000)}" }
    return line.substringAfter("ready: ").trim()
}
