// Bytes to the terminal, which may take them late, in part or never.
#ifndef GAINSAY_TERM_SEND_H
#define GAINSAY_TERM_SEND_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"

// Send what standard output takes at once, and take it out of `bytes`. Never waits. false when the
// terminal is gone.
MUST_CHECK bool send_some(struct buf *bytes);

// Send all of it, waiting up to `ms` milliseconds for each part. false when some is left.
MUST_CHECK bool send_within(struct buf *bytes, int ms);

#endif
