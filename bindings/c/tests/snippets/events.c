#include <stdio.h>
#include <string.h>

#include <netmile.h>

static void tell(const netmile_events *events, size_t i) {
    const char *kind = netmile_event_kind(events, i), *purchase = netmile_event_purchase_id(events, i);
    if (strcmp(kind, "paid") == 0)
        printf("deliver %s, once by %lld and %s together\n", purchase, (long long)netmile_event_id(events, i), purchase);
    else if (strcmp(kind, "paid_late") == 0 || strcmp(kind, "paid_twice") == 0 || strcmp(kind, "needs_review") == 0)
        printf("%s needs a person: %s\n", purchase, kind);
    fflush(stdout);
}

netmile_status act(const netmile_client *client, netmile_error **error) {
    netmile_events *events = NULL;
    netmile_status status = netmile_events_next(client, 10, &events, error);
    for (size_t i = 0; status == NETMILE_OK && i < netmile_events_count(events); i++) {
        bool is_new;
        tell(events, i);
        status = netmile_event_ack(client, netmile_event_id(events, i), &is_new, error);
    }
    netmile_events_free(events);
    return status;
}
