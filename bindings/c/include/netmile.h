/* netmile: NetMile payments through the SBPS gateway.
 *
 * Generated from the library's sources; do not edit.
 *
 * - A call that can fail returns a netmile_status and takes `error` last. `error` may be NULL; otherwise it receives
 *   an object on failure, which the caller frees with netmile_error_free, and is left alone on success.
 * - Out-parameters are written on success only.
 * - Text is UTF-8 and ends with NUL; bytes come with their length. What is handed in is copied.
 * - An object that a function gives out is freed by the caller with the free function of its type; freeing NULL does
 *   nothing. Pointers got from an object live as long as the object.
 * - A client may be used by several threads at once, and after a fork. Other objects belong to one thread at a time.
 */

#ifndef NETMILE_H
#define NETMILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The interface that this header describes; see netmile_abi_version. */
#define NETMILE_ABI_VERSION 2

/**
 * How a call ended. Numbers are never reused.
 */
typedef enum netmile_status {
  /**
   * Done; the out-parameters are written.
   */
  NETMILE_OK = 0,
  /**
   * Refused or not possible; the error object says why.
   */
  NETMILE_FAILED = 1,
  /**
   * An argument is NULL, not UTF-8, or otherwise not what the function takes.
   */
  NETMILE_INVALID_ARGUMENT = 2,
  /**
   * A bug in the library was caught. Read the purchase again before going on.
   */
  NETMILE_PANIC = 3,
} netmile_status;

/**
 * What to answer to a notice, byte for byte. Freed by netmile_answer_free.
 */
typedef struct netmile_answer netmile_answer;

/**
 * A signed form. Freed by netmile_checkout_free. It holds no key.
 */
typedef struct netmile_checkout netmile_checkout;

/**
 * A configured client. Made by netmile_client_new, freed by netmile_client_free. Threads may share it, and a forked
 * child may go on using it.
 */
typedef struct netmile_client netmile_client;

/**
 * Why a call failed. Owned by the caller; free it with netmile_error_free. Carries no secret and no personal data.
 */
typedef struct netmile_error netmile_error;

/**
 * Events, oldest first. Freed by netmile_events_free.
 */
typedef struct netmile_events netmile_events;

/**
 * A purchase request that is being filled in. Made by netmile_request_new, freed by netmile_request_free. It may be
 * used for several checkouts.
 */
typedef struct netmile_request netmile_request;

/**
 * An operation that is driven step by step, for a transport of the caller's own. Freed by netmile_run_free. Belongs to
 * the process that started it.
 */
typedef struct netmile_run netmile_run;

/**
 * A text of the library. Freed by netmile_string_free.
 */
typedef struct netmile_string netmile_string;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Stable code, such as `hash_mismatch`. NULL for NULL. Lives as long as the error.
 */
const char *netmile_error_code(const struct netmile_error *error);

/**
 * The field or argument it is about; NULL when it is about the whole call. Lives as long as the error.
 */
const char *netmile_error_field(const struct netmile_error *error);

/**
 * The rule that was broken, or what happened, in English. NULL for NULL. Lives as long as the error.
 */
const char *netmile_error_detail(const struct netmile_error *error);

/**
 * Field, detail and code in one line, in English, safe to log. NULL for NULL. Lives as long as the error.
 */
const char *netmile_error_message(const struct netmile_error *error);

/**
 * What to do, and who acts: in Japanese when `japanese` is true, else in English. NULL for NULL. Lives as long as
 * the error.
 */
const char *netmile_error_hint(const struct netmile_error *error,
                               bool japanese);

/**
 * Whether the same call may succeed later without any change. False for NULL.
 */
bool netmile_error_retryable(const struct netmile_error *error);

/**
 * Frees an error; NULL does nothing.
 */
void netmile_error_free(struct netmile_error *error);

/**
 * The version of this interface. Whoever loads functions by name compares it with the NETMILE_ABI_VERSION that they
 * were written for, before any other call; for a program that is compiled with the header netmile_client_new does it.
 */
uint32_t netmile_abi_version(void);

/**
 * The version of the library, `MAJOR.MINOR.PATCH`. Static; never freed.
 */
const char *netmile_version(void);

/**
 * Makes a client from its configuration, a JSON object in UTF-8. Nothing is started or opened before the first
 * call. Written as a call it is the macro at the end of the header, by which the library refuses a program of
 * another interface; the function that is loaded by this name compares nothing.
 */
enum netmile_status netmile_client_new(const char *config_json,
                                       struct netmile_client **out,
                                       struct netmile_error **error);

/**
 * netmile_client_new for a program of the interface `abi_version`, the NETMILE_ABI_VERSION of its header. Another one
 * than the library's is refused (`version_mismatch`) before the configuration is looked at.
 */
enum netmile_status netmile_client_new_for(uint32_t abi_version,
                                           const char *config_json,
                                           struct netmile_client **out,
                                           struct netmile_error **error);

/**
 * The same client for one of its contracts; needed only when it has several. The new client is freed on its own.
 */
enum netmile_status netmile_client_for_contract(const struct netmile_client *client,
                                                const char *merchant_id,
                                                const char *service_id,
                                                struct netmile_client **out,
                                                struct netmile_error **error);

/**
 * The same client for one of its sites; needed only when it has several. The new client is freed on its own.
 */
enum netmile_status netmile_client_for_site(const struct netmile_client *client,
                                            const char *site_id,
                                            struct netmile_client **out,
                                            struct netmile_error **error);

/**
 * Closes what this process must not have open when it forks: the database of a journal in SQLite. The next call, here
 * or in the child, opens it again.
 */
enum netmile_status netmile_client_release(const struct netmile_client *client,
                                           struct netmile_error **error);

/**
 * Frees a client; NULL does nothing. No call may be under way with it.
 */
void netmile_client_free(struct netmile_client *client);

/**
 * Runs any operation of the library by its name: JSON in, JSON out, both UTF-8. Bytes are Base64 in JSON.
 */
enum netmile_status netmile_invoke(const struct netmile_client *client,
                                   const char *operation,
                                   const char *request_json,
                                   struct netmile_string **out,
                                   struct netmile_error **error);

/**
 * Every operation with its effect, the names of its request and answer, and what it does, as a JSON array.
 */
enum netmile_status netmile_operations(struct netmile_string **out,
                                       struct netmile_error **error);

/**
 * The whole manifest as JSON: operations, records with their fields, effects and error codes.
 */
enum netmile_status netmile_manifest(struct netmile_string **out, struct netmile_error **error);

/**
 * The text, ending with NUL. NULL for NULL. Lives as long as the string object.
 */
const char *netmile_string_text(const struct netmile_string *string);

/**
 * Length of the text in bytes, without the NUL. 0 for NULL.
 */
size_t netmile_string_length(const struct netmile_string *string);

/**
 * Frees a string; NULL does nothing.
 */
void netmile_string_free(struct netmile_string *string);

/**
 * Takes an operation whose HTTP requests the caller sends itself. Nothing is checked and nothing happens before the
 * first step. The client may be freed before the run.
 */
enum netmile_status netmile_run_start(const struct netmile_client *client,
                                      const char *operation,
                                      const char *request_json,
                                      struct netmile_run **out,
                                      struct netmile_error **error);

/**
 * Goes on until something is to be sent, or the operation is over. `input_json` is NULL in the first step, and says
 * what became of the request in every further one:
 *
 *     {"result":"answered","status":200,"content_type":"text/xml","body":"…Base64…"}
 *     {"result":"not_sent"}   no byte of it can have left
 *     {"result":"lost"}       it may have arrived: a timeout, a reset
 *
 * `out` gets `{"step":"send","timeout_ms","request":{"method","url","headers":[{"name","value"}],"body"}}`: send it once,
 * without retries and redirects, and wait for so long at most (at least 1; null: for ever); or
 * `{"step":"done","answer":{…}}` with what netmile_invoke would have given. A `not_sent` that comes after this time counts
 * as lost, since others may look for the request by then. An input that cannot be used counts as lost, too; the step then
 * says why under `problem`.
 */
enum netmile_status netmile_run_step(const struct netmile_run *run,
                                     const char *input_json,
                                     struct netmile_string **out,
                                     struct netmile_error **error);

/**
 * Frees a run; NULL does nothing. One that is not over leaves what a crash would leave: netmile_invoke of
 * `client.recover` finds out.
 */
void netmile_run_free(struct netmile_run *run);

/**
 * A request of a one-time purchase by NetMile on a PC. `purchase_id`: the shop's own id, 1 to 34 of
 * `[0-9A-Za-z_-]`. `cust_code`: the shop's id of the customer. `amount`: yen, tax included. The values are checked
 * when it is used.
 */
enum netmile_status netmile_request_new(const char *purchase_id,
                                        const char *cust_code,
                                        const char *item_id,
                                        int64_t amount,
                                        struct netmile_request **out,
                                        struct netmile_error **error);

/**
 * Sets a text: `success_url`, `cancel_url`, `error_url`, `notify_url`, `terminal` (`pc`, `smartphone`,
 * `feature_phone`), `item_name`, `billing` (`one_time`, `recurring_simple`, `recurring_metered`), `pay_method` (a
 * tag, several tags with commas, or empty for all), `last_charge_month`, `free1`, `free2`, `free3`, or any
 * `free_csv.KEY`.
 */
enum netmile_status netmile_request_set_text(struct netmile_request *request,
                                             const char *name,
                                             const char *value,
                                             struct netmile_error **error);

/**
 * Sets a number: `amount`, `tax` (yen) or `camp_type` (one digit).
 */
enum netmile_status netmile_request_set_number(struct netmile_request *request,
                                               const char *name,
                                               int64_t value,
                                               struct netmile_error **error);

/**
 * Adds a detail row; rows are numbered in this order. `count` and `tax` below zero mean: not given.
 */
enum netmile_status netmile_request_add_row(struct netmile_request *request,
                                            const char *item_id,
                                            const char *item_name,
                                            int64_t amount,
                                            int64_t count,
                                            int64_t tax,
                                            struct netmile_error **error);

/**
 * Frees a request; NULL does nothing.
 */
void netmile_request_free(struct netmile_request *request);

/**
 * Starts a purchase, or a further attempt of it. The attempt is in the journal before this returns.
 */
enum netmile_status netmile_checkout_start(const struct netmile_client *client,
                                           const struct netmile_request *request,
                                           struct netmile_checkout **out,
                                           struct netmile_error **error);

/**
 * Signs the newest attempt of a purchase again: for a page that is rendered again.
 */
enum netmile_status netmile_checkout_render(const struct netmile_client *client,
                                            const char *purchase_id,
                                            struct netmile_checkout **out,
                                            struct netmile_error **error);

/**
 * Signs a request as it is, under this `order_id` and with this date (`YYYYMMDDHHMMSS`, Japanese time). Nothing is
 * recorded: for tests, and for shops with records of their own.
 */
enum netmile_status netmile_sign_purchase(const struct netmile_client *client,
                                          const struct netmile_request *request,
                                          const char *order_id,
                                          const char *at,
                                          struct netmile_checkout **out,
                                          struct netmile_error **error);

/**
 * The shop's own id. NULL for NULL. Lives as long as the checkout.
 */
const char *netmile_checkout_purchase_id(const struct netmile_checkout *checkout);

/**
 * The id of this attempt at the gateway. NULL for NULL. Lives as long as the checkout.
 */
const char *netmile_checkout_order_id(const struct netmile_checkout *checkout);

/**
 * Where the browser posts the form. NULL for NULL. Lives as long as the checkout.
 */
const char *netmile_checkout_action(const struct netmile_checkout *checkout);

/**
 * `Content-Type` of the page. NULL for NULL. Lives as long as the checkout.
 */
const char *netmile_checkout_page_content_type(const struct netmile_checkout *checkout);

/**
 * What an app needs to show the payment in a web view, as JSON without any secret. NULL for NULL, and when two of
 * the browser's URLs are the same. Lives as long as the checkout.
 */
const char *netmile_checkout_hosted(const struct netmile_checkout *checkout);

/**
 * The body that the browser posts: url-encoded, in Shift_JIS. Writes the number of bytes to `length`, which may be
 * NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
 */
const uint8_t *netmile_checkout_body(const struct netmile_checkout *checkout,
                                     size_t *length);

/**
 * A form with a button, in Shift_JIS, for a page of the shop in Shift_JIS. Writes the number of bytes to `length`,
 * which may be NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
 */
const uint8_t *netmile_checkout_html(const struct netmile_checkout *checkout,
                                     size_t *length);

/**
 * A whole page that posts itself; send it with its content type and headers. Writes the number of bytes to
 * `length`, which may be NULL. NULL for NULL. Lives as long as the checkout; does not end with NUL.
 */
const uint8_t *netmile_checkout_page(const struct netmile_checkout *checkout,
                                     size_t *length);

/**
 * How many fields the form has. 0 for NULL.
 */
size_t netmile_checkout_field_count(const struct netmile_checkout *checkout);

/**
 * Name of a field of the form, in the order of the wire, counted from 0. NULL behind the last one. Lives as long as
 * the checkout.
 */
const char *netmile_checkout_field_name(const struct netmile_checkout *checkout,
                                        size_t index);

/**
 * Value of a field of the form, UTF-8, counted from 0. NULL behind the last one. Lives as long as the checkout.
 */
const char *netmile_checkout_field_value(const struct netmile_checkout *checkout,
                                         size_t index);

/**
 * How many further headers the page has. 0 for NULL.
 */
size_t netmile_checkout_page_header_count(const struct netmile_checkout *checkout);

/**
 * Name of a further header of the page, counted from 0. NULL behind the last one. Lives as long as the checkout.
 */
const char *netmile_checkout_page_header_name(const struct netmile_checkout *checkout,
                                              size_t index);

/**
 * Value of a further header of the page, counted from 0. NULL behind the last one. Lives as long as the checkout.
 */
const char *netmile_checkout_page_header_value(const struct netmile_checkout *checkout,
                                               size_t index);

/**
 * Frees it; NULL does nothing.
 */
void netmile_checkout_free(struct netmile_checkout *checkout);

/**
 * Verifies a notice, records it once, and says what to answer. `body` is what the gateway posted, untouched;
 * `content_type` may be NULL. A notice that can not be accepted is no failure of this call: the answer is then
 * `NG,…`, and says why.
 */
enum netmile_status netmile_notice_handle(const struct netmile_client *client,
                                          const uint8_t *body,
                                          size_t length,
                                          const char *content_type,
                                          struct netmile_answer **out,
                                          struct netmile_error **error);

/**
 * Verifies a notice and refuses it with a short reason in ASCII. The customer's miles stay spent: use it only for
 * what can not be delivered.
 */
enum netmile_status netmile_notice_refuse(const struct netmile_client *client,
                                          const uint8_t *body,
                                          size_t length,
                                          const char *content_type,
                                          const char *reason,
                                          struct netmile_answer **out,
                                          struct netmile_error **error);

/**
 * Verifies the hash of a message, and gives what it says as JSON; neither its age nor that it answers what was
 * asked is checked, and nothing is recorded. `kind` is `purchase_notice`, `purchase_return`, `cancel_return`, …
 */
enum netmile_status netmile_message_verify(const struct netmile_client *client,
                                           const char *kind,
                                           const uint8_t *body,
                                           size_t length,
                                           const char *content_type,
                                           struct netmile_string **out,
                                           struct netmile_error **error);

/**
 * HTTP status of the answer. 0 for NULL.
 */
uint16_t netmile_answer_status(const struct netmile_answer *answer);

/**
 * Whether the answer accepts the notice. False for NULL.
 */
bool netmile_answer_accepted(const struct netmile_answer *answer);

/**
 * `Content-Type` of the answer. NULL for NULL. Lives as long as the answer.
 */
const char *netmile_answer_content_type(const struct netmile_answer *answer);

/**
 * Why the notice was not accepted, such as `hash_mismatch`, for the shop's log. NULL when it was, and for
 * NULL. Lives as long as the answer.
 */
const char *netmile_answer_problem(const struct netmile_answer *answer);

/**
 * The field that the problem is about. NULL when there is none, and for NULL. Lives as long as the answer.
 */
const char *netmile_answer_problem_field(const struct netmile_answer *answer);

/**
 * The body of the answer. Writes the number of bytes to `length`, which may be NULL. NULL for NULL. Lives as long
 * as the answer; does not end with NUL.
 */
const uint8_t *netmile_answer_body(const struct netmile_answer *answer,
                                   size_t *length);

/**
 * Frees it; NULL does nothing.
 */
void netmile_answer_free(struct netmile_answer *answer);

/**
 * Takes at most `limit` (1 to 1000) events; other workers do not see them for a while. Acknowledge each after the
 * goods are out: until then it comes again.
 */
enum netmile_status netmile_events_next(const struct netmile_client *client,
                                        int64_t limit,
                                        struct netmile_events **out,
                                        struct netmile_error **error);

/**
 * Acknowledges an event for good. `out` receives false when it was acknowledged before.
 */
enum netmile_status netmile_event_ack(const struct netmile_client *client,
                                      int64_t id,
                                      bool *out,
                                      struct netmile_error **error);

/**
 * Where a purchase stands: `open`, `paid`, `needs_review`, … Freed by netmile_string_free. Everything else about a
 * purchase comes from netmile_invoke with `purchase.get`.
 */
enum netmile_status netmile_purchase_phase(const struct netmile_client *client,
                                           const char *purchase_id,
                                           struct netmile_string **out,
                                           struct netmile_error **error);

/**
 * How many events there are. 0 for NULL.
 */
size_t netmile_events_count(const struct netmile_events *events);

/**
 * Number of an event, counted from 0: make the fulfilment idempotent by it and the purchase id together, since a
 * journal begun anew counts from 1 again. 0 behind the last one.
 */
int64_t netmile_event_id(const struct netmile_events *events,
                         size_t index);

/**
 * Yen of the purchase that an event is about. 0 behind the last one.
 */
int64_t netmile_event_amount(const struct netmile_events *events, size_t index);

/**
 * What happened: `paid`, `needs_review`, … NULL behind the last one. Lives as long as the events.
 */
const char *netmile_event_kind(const struct netmile_events *events, size_t index);

/**
 * The shop's id of the purchase. NULL behind the last one. Lives as long as the events.
 */
const char *netmile_event_purchase_id(const struct netmile_events *events, size_t index);

/**
 * The attempt that the event is about. NULL when there is none. Lives as long as the events.
 */
const char *netmile_event_order_id(const struct netmile_events *events, size_t index);

/**
 * The payment that the event is about. NULL when there is none. Lives as long as the events.
 */
const char *netmile_event_tracking_id(const struct netmile_events *events, size_t index);

/**
 * Frees it; NULL does nothing.
 */
void netmile_events_free(struct netmile_events *events);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/* The program says which interface it was compiled for, and the library refuses another one. */
#define netmile_client_new(...) netmile_client_new_for(NETMILE_ABI_VERSION, __VA_ARGS__)

#endif  /* NETMILE_H */
