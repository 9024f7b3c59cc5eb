/* SHA-1 for the tests, so that the notices they forge and sign do not come from the code under test. */
#ifndef NETMILE_TEST_SHA1_H
#define NETMILE_TEST_SHA1_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t sha1_rotate(uint32_t value, int by) { return (value << by) | (value >> (32 - by)); }

static void sha1_block(uint32_t state[5], const unsigned char *block) {
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    int t;
    for (t = 0; t < 16; t++)
        w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 | (uint32_t)block[4 * t + 2] << 8 |
               (uint32_t)block[4 * t + 3];
    for (; t < 80; t++) w[t] = sha1_rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (t = 0; t < 80; t++) {
        uint32_t f, k, next;
        if (t < 20) f = (b & c) | (~b & d), k = 0x5A827999u;
        else if (t < 40) f = b ^ c ^ d, k = 0x6ED9EBA1u;
        else if (t < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDCu;
        else f = b ^ c ^ d, k = 0xCA62C1D6u;
        next = sha1_rotate(a, 5) + f + e + k + w[t];
        e = d, d = c, c = sha1_rotate(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

/* Writes 40 upper-case hex digits and NUL. */
static void sha1_hex(const char *text, char hex[41]) {
    uint32_t state[5] = {0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u};
    size_t length = strlen(text), padded = (length + 8) / 64 * 64 + 64, i;
    unsigned char *bytes = (unsigned char *)calloc(padded, 1);
    if (!bytes) abort();
    memcpy(bytes, text, length);
    bytes[length] = 0x80;
    for (i = 0; i < 8; i++) bytes[padded - 1 - i] = (unsigned char)(((uint64_t)length * 8) >> (8 * i));
    for (i = 0; i < padded; i += 64) sha1_block(state, bytes + i);
    free(bytes);
    for (i = 0; i < 5; i++) snprintf(hex + 8 * i, 9, "%08lX", (unsigned long)state[i]);
}

#endif
