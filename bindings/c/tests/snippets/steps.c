#include <stdlib.h>
#include <string.h>

#include <netmile.h>

/* Yours: sends the request of a step once, and says in JSON what became of it. */
char *send_once(const char *step);

netmile_status invoke_by_steps(const netmile_client *client, const char *operation, const char *request_json,
                               netmile_string **answer, netmile_error **error) {
    netmile_run *run = NULL;
    char *became = NULL;
    netmile_status status = netmile_run_start(client, operation, request_json, &run, error);
    while (status == NETMILE_OK) {
        status = netmile_run_step(run, became, answer, error);
        free(became);
        became = NULL;
        if (status != NETMILE_OK || strstr(netmile_string_text(*answer), "\"step\":\"done\"")) break;
        became = send_once(netmile_string_text(*answer));
        netmile_string_free(*answer);
        *answer = NULL;
    }
    netmile_run_free(run);
    return status;
}
