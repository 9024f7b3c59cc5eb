package netmile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocking twin as Java sees it. */
class JavaShopTest {
    private static final String KEY = "TESTHASHKEY0123456789abcdef0123456789abc";
    private final Contract contract =
        Contract.mock("http://127.0.0.1:1", "99999", "001", KEY, List.of(new Method("netmile", null, "all")));

    @Test
    void startsAPurchase(@TempDir Path directory) {
        String journal = "sqlite://" + directory + "/shop.db";
        Urls urls = new Urls("https://shop.example/s", "https://shop.example/c", "https://shop.example/e", "https://shop.example/n");
        PurchaseRequest request =
            new PurchaseRequest("JAVA-1", "customer-1", "book-1", 300, urls, Terminal.PC, "本");
        try (BlockingClient client = new BlockingClient(new Config(contract, journal))) {
            Checkout checkout = client.checkout.start(request);
            assertEquals("JAVA-1-1", checkout.getOrderId());
            assertEquals(Phase.OPEN, client.purchases.get("JAVA-1").getPhase());
            NoticeAnswer answer = client.notices.handle("nonsense".getBytes(StandardCharsets.US_ASCII));
            assertEquals("malformed", answer.getProblem().getCode());
            assertTrue(client.events.next().isEmpty());
        }
    }

    @Test
    void readsErrorsAndOutcomes() {
        Transport lost = request -> { throw new java.io.IOException("reset"); };
        Contract api = Contract.mock("http://127.0.0.1:1", "99999", "001", KEY, List.of(new Method("credit", "credit", "all")));
        try (BlockingClient client = new BlockingClient(new Config(api), lost)) {
            NetmileException error = assertThrows(NetmileException.class, () -> client.purchases.get("nobody"));
            assertEquals("unknown_order", error.getCode());
            assertTrue(error.getMessage().endsWith("(unknown_order)"));
            Outcome<?> outcome = client.payments.charge(
                new ChargeRequest("A-1", "credit", 100, "customer-1", "book-1", "", null, null, List.of(), List.of(),
                    new CardToken("token", "key")));
            assertTrue(outcome.isUnknown());
            assertEquals("A-1", ((Outcome.Unknown) outcome).getTicket().getId());
        }
    }
}
