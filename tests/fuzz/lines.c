// Any bytes by the line reader: what it takes is what libyaml makes of the same bytes, without a remark.
#include "fuzz.h"

#include "../unit/doc_same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv bytes = sv_of((const char *)data, size);

    for (size_t i = 0; i < ARRAY_LEN(all_shapes); i++)
        MUST(lines_and_load(all_shapes[i], bytes) != SAME_NOT);
    return 0;
}
