#include <stdio.h>

#include <netmile.h>

/* NULL when it was refused; netmile_client_free ends it. */
netmile_client *open_client(const char *config_json) {
    netmile_client *client = NULL;
    netmile_error *error = NULL;
    if (netmile_client_new(config_json, &client, &error) != NETMILE_OK) {
        fprintf(stderr, "%s\n", netmile_error_message(error)); /* safe to log */
        netmile_error_free(error);
    }
    return client;
}
