#include <netmile.h>

netmile_status start_checkout(const netmile_client *client, netmile_checkout **checkout, netmile_error **error) {
    static const char *const texts[][2] = {
        {"success_url", "https://shop.example/success"}, {"cancel_url", "https://shop.example/cancel"},
        {"error_url", "https://shop.example/error"},     {"notify_url", "https://shop.example/notify"},
        {"item_name", "本"}};
    netmile_request *request = NULL;
    netmile_status status = netmile_request_new("CART-1001", "customer-1", "book-1", 300, &request, error);
    for (size_t i = 0; status == NETMILE_OK && i < sizeof texts / sizeof texts[0]; i++)
        status = netmile_request_set_text(request, texts[i][0], texts[i][1], error);
    if (status == NETMILE_OK) status = netmile_checkout_start(client, request, checkout, error);
    netmile_request_free(request);
    return status; /* the attempt is in the journal before there is a form */
}
