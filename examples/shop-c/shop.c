/* A shop in one file: one article, one order, paid with NetMile through the gateway's link type.
 *
 *   shop GATEWAY_URL [JOURNAL]
 *
 * It starts a purchase, serves the checkout page and the notify URL on a free port of the loopback. Once the purchase is
 * delivered and the customer is back, it asks for a refund, charges a card server to server, and ends with status 0.
 * JOURNAL is where purchases are kept (default: memory:).
 *
 * NETMILE_MERCHANT_ID, NETMILE_SERVICE_ID and NETMILE_HASH_KEY name the contract (default: the mock's demo merchant).
 *
 * The HTTP server is as small as the example needs: one request at a time. Put the calls into your own server.
 */
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "netmile.h"

#define MAX_HEAD 16384
#define MAX_BODY 262144
#define PURCHASE "ORDER-C-1"

/* ---- the calls ---- */

static void stop(const char *doing, netmile_error *error) {
    fprintf(stderr, "%s: %s\n%s\n", doing, netmile_error_message(error), netmile_error_hint(error, false));
    netmile_error_free(error);
    exit(1);
}

static const char *from_environment(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value && *value ? value : otherwise;
}

static netmile_client *open_client(const char *gateway, const char *journal) {
    char config[2048];
    netmile_client *client = NULL;
    netmile_error *error = NULL;
    int length = snprintf(config, sizeof config,
                          "{\"contracts\":[{\"merchant_id\":\"%s\",\"service_id\":\"%s\",\"hash_key\":\"%s\","
                          "\"environment\":\"mock\",\"base_url\":\"%s\",\"methods\":[{\"tag\":\"credit\",\"api\":\"credit\"}],"
                          "\"encryption\":{\"key\":\"%s\",\"iv\":\"%s\"}}],\"journal\":\"%s\",\"lang\":\"ja\"}",
                          from_environment("NETMILE_MERCHANT_ID", "99999"), from_environment("NETMILE_SERVICE_ID", "001"),
                          from_environment("NETMILE_HASH_KEY", "demo0key0of0the0mock0gateway0not0a0secr0"), gateway,
                          from_environment("NETMILE_3DES_KEY", "0123456789abcdef01234567"),
                          from_environment("NETMILE_3DES_IV", "76543210"), journal);
    if (length < 0 || (size_t)length >= sizeof config) {
        fprintf(stderr, "the configuration is too long\n");
        exit(1);
    }
    if (netmile_client_new(config, &client, &error) != NETMILE_OK) stop("configuration", error);
    return client;
}

/* 1. A signed form. The attempt is in the journal before the form exists. */
static netmile_checkout *start_purchase(const netmile_client *client, const char *own_url) {
    static const char *const paths[][2] = {
        {"success_url", "/success"}, {"cancel_url", "/cancel"}, {"error_url", "/error"}, {"notify_url", "/notify"}};
    netmile_request *request = NULL;
    netmile_checkout *checkout = NULL;
    netmile_error *error = NULL;
    char url[256];
    size_t i;
    if (netmile_request_new(PURCHASE, "customer-1", "book-1", 300, &request, &error) != NETMILE_OK)
        stop("request", error);
    for (i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        snprintf(url, sizeof url, "%s%s", own_url, paths[i][1]);
        if (netmile_request_set_text(request, paths[i][0], url, &error) != NETMILE_OK) stop("request", error);
    }
    if (netmile_request_set_text(request, "item_name", "髙橋の本①", &error) != NETMILE_OK) stop("request", error);
    if (netmile_checkout_start(client, request, &checkout, &error) != NETMILE_OK) stop("checkout", error);
    netmile_request_free(request);
    return checkout;
}

/* 2. The notice: verified, compared, recorded once. The answer says byte for byte what to send back. */
static netmile_answer *take_notice(const netmile_client *client, const char *body, size_t length, const char *type) {
    netmile_answer *answer = NULL;
    netmile_error *error = NULL;
    if (netmile_notice_handle(client, (const uint8_t *)body, length, type, &answer, &error) != NETMILE_OK) {
        fprintf(stderr, "notice: %s\n", netmile_error_message(error)); /* the journal: have it sent again by hand */
        netmile_error_free(error);
        return NULL;
    }
    if (!netmile_answer_accepted(answer)) fprintf(stderr, "notice refused: %s\n", netmile_answer_problem(answer));
    return answer;
}

static bool for_a_person(const char *kind) {
    return strcmp(kind, "paid_late") == 0 || strcmp(kind, "paid_twice") == 0 || strcmp(kind, "needs_review") == 0;
}

/* 3. What to act on. A real shop writes the event's number and the purchase id, unique together, into its own
 * database before it acknowledges. Whatever is for a person stays unacknowledged until one has noted it. */
static bool deliver(const netmile_client *client) {
    netmile_events *events = NULL;
    netmile_error *error = NULL;
    bool delivered = false, acknowledged;
    size_t i;
    if (netmile_events_next(client, 10, &events, &error) != NETMILE_OK) stop("events", error);
    for (i = 0; i < netmile_events_count(events); i++) {
        if (strcmp(netmile_event_kind(events, i), "paid") == 0) {
            printf("deliver %s: %lld yen, payment %s\n", netmile_event_purchase_id(events, i),
                   (long long)netmile_event_amount(events, i), netmile_event_tracking_id(events, i));
            delivered = true;
        } else if (for_a_person(netmile_event_kind(events, i))) {
            fprintf(stderr, "%s needs a person: %s\n", netmile_event_purchase_id(events, i), netmile_event_kind(events, i));
            continue;
        }
        if (netmile_event_ack(client, netmile_event_id(events, i), &acknowledged, &error) != NETMILE_OK)
            stop("ack", error);
    }
    netmile_events_free(events);
    fflush(stdout);
    return delivered;
}

/* 4. The wish for a refund. A person executes it on the page that the answer names. */
static void ask_for_refund(const netmile_client *client) {
    netmile_string *answer = NULL;
    netmile_error *error = NULL;
    if (netmile_invoke(client, "refund.request", "{\"purchase_id\":\"" PURCHASE "\",\"reason\":\"returned\"}", &answer,
                       &error) != NETMILE_OK)
        stop("refund", error);
    printf("refund wanted: %s\n", netmile_string_text(answer));
    netmile_string_free(answer);
}

/* 5. A card, charged server to server. Every operation is reached like this: JSON in, JSON out. An error means that
 * nothing was sent, unless its code is "panic": then ask again by the same id. Not to know is an answer: the same id, asked again or by client.resolve, then tells. */
static void charge_card(const netmile_client *client) {
    netmile_string *answer = NULL;
    netmile_error *error = NULL;
    const char *text;
    if (netmile_invoke(client, "payment.charge",
                       "{\"id\":\"CHARGE-C-1\",\"method\":\"credit\",\"amount\":1000,\"cust_code\":\"customer-1\","
                       "\"item_id\":\"book-1\",\"token\":{\"token\":\"tok-1\",\"token_key\":\"key-1\"}}",
                       &answer, &error) != NETMILE_OK)
        stop("charge", error);
    text = netmile_string_text(answer);
    if (strstr(text, "\"outcome\":\"done\""))
        printf("charged\n");
    else if (strstr(text, "\"outcome\":\"rejected\""))
        printf("refused: %s\n", text);
    else
        printf("not known yet: client.resolve finds out\n");
    netmile_string_free(answer);
}

/* ---- a very small HTTP server ---- */

typedef struct {
    char head[MAX_HEAD + 1], type[256], path[256];
    char *body;
    size_t length;
} http_request;

/* Finds the value of a header; NULL when it is not there. */
static const char *header(const char *head, const char *name) {
    size_t length = strlen(name);
    const char *line = strstr(head, "\r\n");
    while (line && line[2]) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            line += length + 1;
            while (*line == ' ' || *line == '\t') line++;
            return line;
        }
        line = strstr(line, "\r\n");
    }
    return NULL;
}

static bool read_request(int peer, http_request *request) {
    size_t have = 0, i, start;
    char *end = NULL;
    const char *value;
    long announced = 0;
    memset(request, 0, sizeof *request);
    while (!end) {
        ssize_t got;
        if (have == MAX_HEAD) return false;
        got = recv(peer, request->head + have, MAX_HEAD - have, 0);
        if (got <= 0) return false;
        have += (size_t)got;
        request->head[have] = 0;
        end = strstr(request->head, "\r\n\r\n");
    }
    start = (size_t)(end - request->head) + 4;
    if ((value = header(request->head, "content-length")) && value < end) announced = strtol(value, NULL, 10);
    if (announced < 0 || announced > MAX_BODY) return false;
    if ((value = header(request->head, "content-type")) && value < end)
        for (i = 0; i + 1 < sizeof request->type && value[i] && value[i] != '\r'; i++) request->type[i] = value[i];
    if ((value = strchr(request->head, ' ')))
        for (i = 0; i + 1 < sizeof request->path && value[i + 1] && !isspace((unsigned char)value[i + 1]); i++)
            request->path[i] = value[i + 1];
    request->length = (size_t)announced;
    request->body = (char *)malloc(request->length + 1);
    if (!request->body) return false;
    if (have - start > request->length) have = start + request->length;
    memcpy(request->body, request->head + start, have - start);
    have -= start;
    while (have < request->length) {
        ssize_t got = recv(peer, request->body + have, request->length - have, 0);
        if (got <= 0) return false;
        have += (size_t)got;
    }
    return true;
}

static void send_all(int peer, const void *data, size_t length) {
    const char *bytes = (const char *)data;
    while (length > 0) {
        ssize_t sent = send(peer, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void respond(int peer, int status, const char *type, const void *body, size_t length) {
    char head[512];
    int size = snprintf(head, sizeof head,
                        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %lu\r\nCache-Control: no-store\r\n"
                        "Connection: close\r\n\r\n",
                        status, status == 200 ? "OK" : "Error", type, (unsigned long)length);
    send_all(peer, head, (size_t)size);
    send_all(peer, body, length);
}

static void respond_text(int peer, int status, const char *text) {
    respond(peer, status, "text/plain; charset=utf-8", text, strlen(text));
}

/* Whether the customer is back. */
static bool serve(int peer, const netmile_client *client, const netmile_checkout *checkout) {
    bool back = false;
    static http_request request;
    size_t length = 0;
    if (!read_request(peer, &request)) {
        respond_text(peer, 400, "bad request\n");
    } else if (strcmp(request.path, "/notify") == 0) {
        netmile_answer *answer = take_notice(client, request.body, request.length, *request.type ? request.type : NULL);
        if (answer) {
            const uint8_t *body = netmile_answer_body(answer, &length);
            respond(peer, netmile_answer_status(answer), netmile_answer_content_type(answer), body, length);
        } else {
            respond_text(peer, 500, "");
        }
        netmile_answer_free(answer);
    } else if (strcmp(request.path, "/checkout") == 0) {
        const uint8_t *page = netmile_checkout_page(checkout, &length);
        respond(peer, 200, netmile_checkout_page_content_type(checkout), page, length);
    } else if (strcmp(request.path, "/success") == 0 || strcmp(request.path, "/cancel") == 0 ||
               strcmp(request.path, "/error") == 0) {
        netmile_string *phase = NULL;
        /* The browser is back. What it brought is no proof; the purchase says how things stand. */
        if (netmile_purchase_phase(client, PURCHASE, &phase, NULL) == NETMILE_OK)
            respond_text(peer, 200, netmile_string_text(phase));
        else
            respond_text(peer, 500, "unknown\n");
        netmile_string_free(phase);
        back = true;
    } else {
        respond_text(peer, 404, "not found\n");
    }
    free(request.body);
    request.body = NULL;
    return back;
}

int main(int argc, char **argv) {
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    char own_url[64];
    netmile_client *client;
    netmile_checkout *checkout;
    bool delivered = false, back = false;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: %s GATEWAY_URL [JOURNAL]\n", argv[0]);
        return 2;
    }
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        perror("listen");
        return 1;
    }
    snprintf(own_url, sizeof own_url, "http://127.0.0.1:%u", (unsigned)ntohs(address.sin_port));

    client = open_client(argv[1], argc == 3 ? argv[2] : "memory:");
    checkout = start_purchase(client, own_url);
    printf("open %s/checkout in a browser\n", own_url);
    fflush(stdout);
    while (!delivered || !back) {
        struct timeval patience = {10, 0};
        int peer = accept(listener, NULL, NULL);
        if (peer < 0) continue;
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        back = serve(peer, client, checkout) || back;
        close(peer);
        delivered = deliver(client) || delivered;
    }
    close(listener);
    ask_for_refund(client);
    charge_card(client);
    netmile_checkout_free(checkout);
    netmile_client_free(client);
    return 0;
}
