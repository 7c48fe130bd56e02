// Runs a target over files, given by name. Looks for nothing new.
#include "fuzz.h"

#include <locale.h>

static void run(const char *path)
{
    struct buf bytes = { 0 };
    FILE *file = fopen(path, "rb");
    char part[4096];
    size_t len;

    if (!file) {
        perror(path);
        exit(1);
    }
    while ((len = fread(part, 1, sizeof(part), file)) > 0)
        buf_add(&bytes, sv_of(part, len));
    fclose(file);

    // A copy that ends where the bytes end, so that a read beyond them is seen.
    uint8_t *copy = malloc(bytes.len ? bytes.len : 1);

    for (size_t i = 0; i < bytes.len; i++)
        copy[i] = (uint8_t)bytes.ptr[i];
    LLVMFuzzerTestOneInput(copy, bytes.len);
    free(copy);
    buf_release(&bytes);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]); // the last one named is the one that broke it
        run(argv[i]);
    }
    return argc > 1 ? 0 : 1;
}
