/* The driver of C: netmile_invoke is the method of every operation there. */
#define _POSIX_C_SOURCE 200809L
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "netmile.h"

static netmile_client *client;
static netmile_run *run;
static netmile_string *last;
static char *last_error;
static char *last_answer;
static char *given;
static const char *program;
static bool redacted = true;

static void quoted(FILE *out, const char *text) {
    fputc('"', out);
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            fprintf(out, "\\u%04x", *text);
        else
            fputc(*text, out);
    }
    fputc('"', out);
}

static void keep_error(const char *text) {
    free(last_error);
    last_error = text ? strdup(text) : NULL;
}

/* What the program itself handed over: C holds nothing of it for longer than the call. */
static void keep_given(const char *text) {
    size_t before = given ? strlen(given) : 0;
    char *grown = realloc(given, before + strlen(text) + 2);
    if (!grown)
        abort();
    given = grown;
    strcpy(given + before, text);
    strcat(given, "\n");
}

static void forget(void) {
    free(given);
    free(last_answer);
    given = last_answer = NULL;
}

static void told(FILE *out, netmile_error *error) {
    const char *field = netmile_error_field(error);
    const char *parts[] = {netmile_error_message(error), netmile_error_code(error), field ? field : "",
                           netmile_error_detail(error), netmile_error_hint(error, false), netmile_error_hint(error, true)};
    char text[8192] = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s\n", parts[i]);
    keep_error(text);
    fputs("error\t{\"code\":", out);
    quoted(out, netmile_error_code(error));
    fputs(",\"field\":", out);
    if (field)
        quoted(out, field);
    else
        fputs("null", out);
    fprintf(out, ",\"retryable\":%s,\"text\":", netmile_error_retryable(error) ? "true" : "false");
    quoted(out, netmile_error_message(error));
    fputs("}\n", out);
    netmile_error_free(error);
}

static void answered(FILE *out, netmile_status status, netmile_string *text, netmile_error *error) {
    if (status != NETMILE_OK) {
        told(out, error);
        return;
    }
    fprintf(out, "ok\t%s\n", text ? netmile_string_text(text) : "{}");
    if (text) {
        free(last_answer);
        last_answer = strdup(netmile_string_text(text));
    }
    netmile_string_free(last);
    last = text;
}

static void invoke(FILE *out, const char *operation, const char *request) {
    netmile_string *text = NULL;
    netmile_error *error = NULL;
    netmile_status status = netmile_invoke(client, operation, request, &text, &error);
    answered(out, status, text, error);
}

static void replace_client(netmile_status status, netmile_client *made, netmile_error *error) {
    if (status == NETMILE_OK) {
        netmile_client_free(client);
        client = made;
    }
    answered(stdout, status, NULL, error);
}

static void step(const char *input) {
    netmile_string *text = NULL;
    netmile_error *error = NULL;
    netmile_status status = netmile_run_step(run, *input ? input : NULL, &text, &error);
    answered(stdout, status, text, error);
}

static void forked(const char *operation, const char *request) {
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (operation)
            invoke(stdout, operation, request);
        else
            step(request);
        fflush(stdout);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        puts("error\t{\"code\":\"fork\",\"field\":null,\"retryable\":false,\"text\":\"the child died\"}");
}

/* Another process of this program, which finds that library under the name of its own. */
static void mismatch(const char *library) {
    char path[4096];
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        snprintf(path, sizeof path, "%s", library);
        char *slash = strrchr(path, '/');
        if (slash)
            *slash = '\0';
        setenv("LD_LIBRARY_PATH", path, 1);
        execl(program, program, "--check", (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        puts("error\t{\"code\":\"crash\",\"field\":null,\"retryable\":false,\"text\":\"\"}");
}

/* What a program does first: it makes a client, and the library compares. Behind a stub is the true library; so where the
   stub says another number than this header, it is told of a header with that number. */
static int check(void) {
    static const char config[] =
        "{\"contracts\":[{\"merchant_id\":\"99999\",\"service_id\":\"001\",\"hash_key\":\"CHECKED-BEFORE-IT-IS-READ\","
        "\"environment\":\"mock\",\"base_url\":\"http://127.0.0.1:1\"}]}";
    netmile_client *made = NULL;
    netmile_error *error = NULL;
    netmile_status status = netmile_abi_version() == NETMILE_ABI_VERSION
                                ? netmile_client_new(config, &made, &error)
                                : netmile_client_new_for(netmile_abi_version(), config, &made, &error);
    answered(stdout, status, NULL, error);
    netmile_client_free(made);
    keep_error(NULL);
    return 0;
}

int main(int count, char **arguments) {
    program = arguments[0];
    if (count > 1 && !strcmp(arguments[1], "--check"))
        return check();
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        char *part[4] = {"", "", "", ""};
        char *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < 4 && rest; i++) {
            part[i] = rest;
            rest = strchr(rest, '\t');
            if (rest)
                *rest++ = '\0';
        }
        netmile_error *error = NULL;
        netmile_client *made = NULL;
        netmile_status status;
        if (!strcmp(part[0], "quit")) {
            break;
        } else if (!strcmp(part[0], "hello")) {
            puts("ok\t{\"language\":\"c\",\"has\":[\"reuse\",\"fork\",\"steps\",\"runs\",\"raw\",\"hold\",\"release\",\"unreleased\",\"blocking\"],\"why\":{\"async\":\"C has "
                 "no futures: threads may share a client\",\"callbacks\":\"the C interface takes transports by "
                 "steps\",\"checksums\":\"the C interface has one number for all of it\"}}");
        } else if (!strcmp(part[0], "reset")) {
            netmile_run_free(run);
            netmile_string_free(last);
            netmile_client_free(client);
            run = NULL;
            last = NULL;
            client = NULL;
            keep_error(NULL);
            forget();
            puts("ok\t{}");
        } else if (!strcmp(part[0], "version")) {
            printf("ok\t{\"abi_version\":%u,\"library_version\":\"%s\",\"facade_abi_version\":%u}\n",
                   (unsigned)netmile_abi_version(), netmile_version(), (unsigned)NETMILE_ABI_VERSION);
        } else if (!strcmp(part[0], "mismatch")) {
            mismatch(part[1]);
        } else if (!strcmp(part[0], "new")) {
            keep_given(part[1]);
            status = netmile_client_new(part[1], &made, &error);
            replace_client(status, made, error);
        } else if (!strcmp(part[0], "site")) {
            status = netmile_client_for_site(client, part[1], &made, &error);
            replace_client(status, made, error);
        } else if (!strcmp(part[0], "contract")) {
            status = netmile_client_for_contract(client, part[1], part[2], &made, &error);
            replace_client(status, made, error);
        } else if (!strcmp(part[0], "invoke") || !strcmp(part[0], "raw")) {
            keep_given(part[2]);
            invoke(stdout, part[1], part[2]);
        } else if (!strcmp(part[0], "fork")) {
            forked(part[1], part[2]);
        } else if (!strcmp(part[0], "start")) {
            netmile_run *started = NULL;
            status = netmile_run_start(client, part[1], part[2], &started, &error);
            if (status == NETMILE_OK) {
                netmile_run_free(run);
                run = started;
            }
            answered(stdout, status, NULL, error);
        } else if (!strcmp(part[0], "step")) {
            step(part[1]);
        } else if (!strcmp(part[0], "fork_step")) {
            forked(NULL, part[1]);
        } else if (!strcmp(part[0], "release")) {
            status = netmile_client_release(client, &error);
            answered(stdout, status, NULL, error);
        } else if (!strcmp(part[0], "hold")) {
            keep_given(part[2]);
            puts("ok\t{}");
        } else if (!strcmp(part[0], "expose")) {
            fputs("ok\t{\"texts\":[", stdout);
            quoted(stdout, given);
            fputc(',', stdout);
            quoted(stdout, last_answer);
            puts("]}");
        } else if (!strcmp(part[0], "print")) {
            /* C prints nothing by itself: what can be printed is the text of an error. */
            fputs("ok\t{\"texts\":[", stdout);
            quoted(stdout, last_error ? last_error : "there was no error");
            if (!redacted) {
                fputc(',', stdout);
                quoted(stdout, given);
                fputc(',', stdout);
                quoted(stdout, last_answer);
            }
            puts("]}");
        } else if (!strcmp(part[0], "redaction")) {
            redacted = !strcmp(part[1], "on");
            puts("ok\t{}");
        } else {
            puts("error\t{\"code\":\"unknown_command\",\"field\":null,\"retryable\":false,\"text\":\"\"}");
        }
        fflush(stdout);
    }
    netmile_run_free(run);
    netmile_string_free(last);
    netmile_client_free(client);
    free(last_error);
    forget();
    free(line);
    return 0;
}
