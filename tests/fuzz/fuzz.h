// A fuzzing target: what must hold for any bytes whatever. Each file of this folder but replay.c is one.
// Built with libFuzzer or AFL++ it looks for bytes that break it; with replay.c it runs over kept ones.
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(claim)                                                                                \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #claim);             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

// Nothing that is printed or drawn holds a control byte or invalid UTF-8.
static inline void must_be_visible(struct sv text)
{
    for (size_t i = 0; i < text.len; i++)
        MUST((unsigned char)text.ptr[i] >= 32 && text.ptr[i] != 127);
}

#endif
