#include <stdio.h>
#include <unistd.h>

#include <netmile.h>

netmile_status act(const netmile_client *client, netmile_error **error);

void worker(const netmile_client *client) {
    bool is_recovered = false;
    for (;; sleep(60)) {
        netmile_string *done = NULL;
        netmile_error *error = NULL;
        netmile_status status = NETMILE_OK;
        if (!is_recovered) status = netmile_invoke(client, "client.recover", "{}", &done, &error);
        is_recovered = is_recovered || status == NETMILE_OK;
        netmile_string_free(done);
        done = NULL;
        if (status == NETMILE_OK) status = netmile_invoke(client, "client.resolve", "{}", &done, &error);
        if (status == NETMILE_OK) status = act(client, &error);
        /* One error must not end delivery for good. */
        if (status != NETMILE_OK) fprintf(stderr, "not looked after now: %s\n", netmile_error_message(error));
        netmile_string_free(done);
        netmile_error_free(error);
    }
}
