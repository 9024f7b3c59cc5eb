/* Runs what the READMEs show: readme CONFIG [worker]. Prints what came of it; readme.py judges it, and writes the notice
 * that this reads from its input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "netmile.h"

#define MAX_TEXT 65536

netmile_client *open_client(const char *config_json);
netmile_status start_checkout(const netmile_client *client, netmile_checkout **checkout, netmile_error **error);
void notify(const netmile_client *client, const uint8_t *body, size_t length, const char *content_type);
void charge(const netmile_client *client);
void refund(const netmile_client *client, const char *request_json);
netmile_status invoke_by_steps(const netmile_client *client, const char *operation, const char *request_json,
                               netmile_string **answer, netmile_error **error);
void worker(const netmile_client *client);

void respond(int status, const char *content_type, const void *body, size_t length) {
    printf("answer %d %s %.*s\n", status, content_type, (int)length, (const char *)body);
}

static const char *became = "";

char *send_once(const char *step) {
    char *own = (char *)malloc(strlen(became) + 1);
    if (!own || !strstr(step, "\"step\":\"send\"")) abort();
    return strcpy(own, became);
}

static void by_steps(const netmile_client *client, const char *operation, const char *request, const char *what) {
    netmile_string *answer = NULL;
    netmile_error *error = NULL;
    became = what;
    if (invoke_by_steps(client, operation, request, &answer, &error) == NETMILE_OK)
        printf("steps %s\n", netmile_string_text(answer));
    else
        printf("steps refused: %s\n", netmile_error_code(error));
    netmile_string_free(answer);
    netmile_error_free(error);
}

static char *read_all(const char *path, char *text) {
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(text, 1, MAX_TEXT - 1, file) : 0;
    if (file) fclose(file);
    text[length] = 0;
    return text;
}

int main(int argc, char **argv) {
    static char text[MAX_TEXT];
    netmile_client *client;
    netmile_checkout *checkout = NULL;
    netmile_error *error = NULL;
    size_t i;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc < 2) return 2;
    if (open_client("{}") != NULL) return 1;
    client = open_client(read_all(argv[1], text));
    if (!client) return 1;
    if (argc > 2) worker(client);
    if (start_checkout(client, &checkout, &error) != NETMILE_OK) {
        fprintf(stderr, "%s\n", netmile_error_message(error));
        return 1;
    }
    for (i = 0; i < netmile_checkout_field_count(checkout); i++)
        printf("field %s %s\n", netmile_checkout_field_name(checkout, i), netmile_checkout_field_value(checkout, i));
    puts("notice?");
    if (!fgets(text, sizeof text, stdin)) return 1;
    text[strcspn(text, "\n")] = 0;
    notify(client, (const uint8_t *)"nonsense", 8, NULL);
    notify(client, (const uint8_t *)text, strlen(text), "application/x-www-form-urlencoded");
    charge(client);
    charge(client);
    refund(client, "{\"purchase_id\":\"CART-1001\",\"reason\":\"the customer sent it back\"}");
    refund(client, "{\"purchase_id\":\"CART-9\",\"reason\":\"the customer sent it back\"}");
    by_steps(client, "payment.charge",
             "{\"id\":\"ORDER-1002\",\"method\":\"credit\",\"amount\":1000,\"cust_code\":\"customer-1\",\"item_id\":\"book-1\","
             "\"token\":{\"token\":\"tok-1\",\"token_key\":\"key-1\"}}",
             "{\"result\":\"lost\"}");
    by_steps(client, "payment.charge",
             "{\"id\":\"ORDER-1003\",\"method\":\"credit\",\"amount\":1000,\"cust_code\":\"customer-1\",\"item_id\":\"book-1\","
             "\"token\":{\"token\":\"tok-1\",\"token_key\":\"key-1\"}}",
             "{\"result\":\"not_sent\"}");
    netmile_checkout_free(checkout);
    netmile_client_free(client);
    return 0;
}
