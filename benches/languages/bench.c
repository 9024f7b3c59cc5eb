/* C: calls of the library, and a charge by it and by hand (libcurl, a SHA-1 of one's own, strstr). */
#define _POSIX_C_SOURCE 200809L
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "netmile.h"
#include "sha1.h"

#define MOST 1000

static double by(clockid_t clock) {
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec * 1e9 + (double)at.tv_nsec;
}

static double now(void) {
    return by(CLOCK_MONOTONIC);
}

static void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

static netmile_client *made(const char *config) {
    netmile_client *client = NULL;
    netmile_error *error = NULL;
    if (netmile_client_new(config, &client, &error) != NETMILE_OK)
        fail(netmile_error_message(error));
    return client;
}

static netmile_client *local_client;
static unsigned char body[65536];
static size_t length;

static void cheap(void) {
    netmile_string *out = NULL;
    if (netmile_invoke(local_client, "exchange.equal_value", "{\"yen\":1,\"points\":1}", &out, NULL) != NETMILE_OK)
        fail("a call failed");
    netmile_string_free(out);
}

static void hash(void) {
    netmile_string *out = NULL;
    if (netmile_message_verify(local_client, "purchase_notice", body, length, NULL, &out, NULL) != NETMILE_OK)
        fail("a notice was refused");
    netmile_string_free(out);
}

/* Nanoseconds a call, of this thread's own processor time, of the best of a hundred rounds of seven milliseconds. */
static double best(void (*call)(void)) {
    double found = 1e18;
    for (int round = 0; round < 100; round++) {
        double started = by(CLOCK_THREAD_CPUTIME_ID);
        long calls = 0;
        for (; by(CLOCK_THREAD_CPUTIME_ID) - started < 7e6; calls += 16)
            for (int one = 0; one < 16; one++)
                call();
        double each = (by(CLOCK_THREAD_CPUTIME_ID) - started) / (double)calls;
        if (each < found)
            found = each;
    }
    return found;
}

static void local(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        fail("there is no notice");
    length = fread(body, 1, sizeof body, file);
    fclose(file);
    local_client = made("{\"contracts\":[{\"merchant_id\":\"99999\",\"service_id\":\"001\",\"environment\":\"mock\","
                        "\"base_url\":\"http://127.0.0.1:1\",\"hash_key\":\"TESTHASHKEY0123456789abcdef0123456789abc\"}]}");
    printf("cheap %.1f\nhash %.1f\n", best(cheap), best(hash));
    netmile_client_free(local_client);
}

struct answer {
    char text[65536];
    size_t length;
};

static size_t take(char *data, size_t size, size_t count, void *into) {
    struct answer *answer = into;
    size_t more = size * count;
    if (answer->length + more >= sizeof answer->text)
        return 0;
    memcpy(answer->text + answer->length, data, more);
    answer->length += more;
    answer->text[answer->length] = '\0';
    return more;
}

static CURL *curl;
static const char *url, *key;

static void date(char out[15]) {
    time_t at = time(NULL) + 9 * 3600;
    struct tm parts;
    gmtime_r(&at, &parts);
    strftime(out, 15, "%Y%m%d%H%M%S", &parts);
}

static void send_by_hand(const char *function, const char *fields, const char *signed_fields, struct answer *answer) {
    char text[8192], plain[4096], digest[41], at[15], login[256];
    date(at);
    snprintf(plain, sizeof plain, "99999001%s%s600%s", signed_fields, at, key);
    sha1_hex(plain, digest);
    snprintf(text, sizeof text,
             "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<sps-api-request id=\"%s\"><merchant_id>99999</merchant_id>"
             "<service_id>001</service_id>%s<request_date>%s</request_date><limit_second>600</limit_second>"
             "<sps_hashcode>%s</sps_hashcode></sps-api-request>",
             function, fields, at, digest);
    snprintf(login, sizeof login, "99999001:%s", key);
    struct curl_slist *headers = curl_slist_append(NULL, "content-type: text/xml; charset=Shift_JIS");
    answer->length = 0;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERPWD, login);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, (void *)answer);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    if (curl_easy_perform(curl) != CURLE_OK || !strstr(answer->text, "<res_result>OK<"))
        fail(answer->length ? answer->text : "no answer");
    curl_slist_free_all(headers);
}

/* "しおり" in Shift_JIS, and in Base64 of that: this program needs no other. */
#define NAME "\x82\xb5\x82\xa8\x82\xe8"
#define NAME_BASE64 "grWCqILo"

static void charge_by_hand(int number) {
    static struct answer answer;
    char fields[4096], plain[2048], at[15], tracking[32] = "";
    snprintf(fields, sizeof fields,
             "<cust_code>CUST0001</cust_code><order_id>CHAND-%d</order_id><item_id>ITEM1</item_id><item_name>" NAME_BASE64
             "</item_name><amount>1000</amount><sps_cust_info_return_flg>0</sps_cust_info_return_flg><pay_option_manage>"
             "<token>token-CHAND-%d</token><token_key>key</token_key><cust_manage_flg>0</cust_manage_flg>"
             "<cardbrand_return_flg>1</cardbrand_return_flg></pay_option_manage><encrypted_flg>0</encrypted_flg>",
             number, number);
    snprintf(plain, sizeof plain, "CUST0001CHAND-%dITEM1" NAME "10000token-CHAND-%dkey010", number, number);
    send_by_hand("ST01-00131-101", fields, plain, &answer);
    const char *found = strstr(answer.text, "<res_tracking_id>");
    if (!found || sscanf(found, "<res_tracking_id>%31[0-9]", tracking) != 1)
        fail("no tracking id");
    date(at);
    snprintf(fields, sizeof fields, "<tracking_id>%s</tracking_id><processing_datetime>%s</processing_datetime>", tracking, at);
    snprintf(plain, sizeof plain, "%s%s", tracking, at);
    send_by_hand("ST02-00101-101", fields, plain, &answer);
}

static void charge(netmile_client *client, int number) {
    char request[1024];
    netmile_string *out = NULL;
    snprintf(request, sizeof request,
             "{\"id\":\"CSDK-%d\",\"method\":\"credit\",\"amount\":1000,\"cust_code\":\"CUST0001\",\"item_id\":\"ITEM1\","
             "\"item_name\":\"\\u3057\\u304a\\u308a\",\"token\":{\"token\":\"token-CSDK-%d\",\"token_key\":\"key\"}}",
             number, number);
    if (netmile_invoke(client, "payment.charge", request, &out, NULL) != NETMILE_OK ||
        !strstr(netmile_string_text(out), "\"outcome\":\"done\""))
        fail("a charge failed");
    netmile_string_free(out);
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* By turns, so that whatever else the machine does hits both. */
static void charges(const char *config, int count) {
    static double hand[MOST], sdk[MOST];
    netmile_client *client = made(config);
    curl = curl_easy_init();
    for (int number = -2; number < count; number++) {
        double started = now();
        charge_by_hand(number + 2);
        double between = now();
        charge(client, number + 2);
        double ended = now();
        if (number >= 0) {
            hand[number] = between - started;
            sdk[number] = ended - between;
        }
    }
    qsort(hand, (size_t)count, sizeof *hand, by_size);
    qsort(sdk, (size_t)count, sizeof *sdk, by_size);
    printf("hand %.0f\nsdk %.0f\n", hand[count / 2] / 1e3, sdk[count / 2] / 1e3);
    curl_easy_cleanup(curl);
    netmile_client_free(client);
}

int main(int given, char **arguments) {
    if (given == 3 && !strcmp(arguments[1], "local")) {
        local(arguments[2]);
    } else if (given == 6 && !strcmp(arguments[1], "charge")) {
        url = arguments[4];
        key = arguments[5];
        int count = atoi(arguments[3]);
        charges(arguments[2], count < MOST ? count : MOST);
    } else {
        fail("local NOTICE, or charge CONFIG COUNT URL KEY");
    }
    return 0;
}
