#include <stdio.h>

#include <netmile.h>

/* Your server's. */
void respond(int status, const char *content_type, const void *body, size_t length);

void notify(const netmile_client *client, const uint8_t *body, size_t length, const char *content_type) {
    netmile_answer *answer = NULL;
    netmile_error *error = NULL;
    if (netmile_notice_handle(client, body, length, content_type, &answer, &error) != NETMILE_OK) {
        fprintf(stderr, "notice not recorded, have it sent again: %s\n", netmile_error_message(error));
        netmile_error_free(error);
        respond(500, "text/plain", "", 0);
        return;
    }
    if (!netmile_answer_accepted(answer)) fprintf(stderr, "notice: %s\n", netmile_answer_problem(answer));
    size_t size;
    const uint8_t *text = netmile_answer_body(answer, &size);
    respond(netmile_answer_status(answer), netmile_answer_content_type(answer), text, size);
    netmile_answer_free(answer);
}
