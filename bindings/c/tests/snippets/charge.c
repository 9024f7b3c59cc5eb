#include <stdio.h>
#include <string.h>

#include <netmile.h>

void charge(const netmile_client *client) {
    static const char request[] =
        "{\"id\":\"ORDER-1001\",\"method\":\"credit\",\"amount\":1000,\"cust_code\":\"customer-1\",\"item_id\":\"book-1\","
        "\"token\":{\"token\":\"tok-1\",\"token_key\":\"key-1\"}}";
    netmile_string *answer = NULL;
    netmile_error *error = NULL;
    if (netmile_invoke(client, "payment.charge", request, &answer, &error) != NETMILE_OK) {
        fprintf(stderr, "charge: %s\n", netmile_error_message(error));
        netmile_error_free(error);
        return;
    }
    /* {"outcome":"done","value":{…}}, "rejected" with why, or "unknown": money may have moved */
    const char *text = netmile_string_text(answer);
    if (strstr(text, "\"outcome\":\"done\""))
        puts("paid");
    else
        puts(strstr(text, "\"outcome\":\"rejected\"") ? "refused" : "being confirmed");
    netmile_string_free(answer);
}
