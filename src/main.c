// Entry: nothing but the wiring of command line and reader.
#include "base/version.h"

#include <stdio.h>

int main(void)
{
    printf("gainsay %s\n", GAINSAY_VERSION);
    return 0;
}
