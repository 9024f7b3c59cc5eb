#include <stdio.h>

#include <netmile.h>

void refund(const netmile_client *client, const char *request_json) {
    netmile_string *ticket = NULL;
    netmile_error *error = NULL;
    if (netmile_invoke(client, "refund.request", request_json, &ticket, &error) == NETMILE_OK) {
        puts(netmile_string_text(ticket)); /* names the management page on which a person does it */
    } else {
        fprintf(stderr, "refund: %s\n", netmile_error_message(error));
        printf("%s: %s\n", netmile_error_code(error), netmile_error_hint(error, true));
    }
    netmile_string_free(ticket);
    netmile_error_free(error);
}
