// Times of ISO 8601 as files of others have them, and as ours do: 2026-11-22T03:10:00Z.
#ifndef GAINSAY_EXCHANGE_ISO_TIME_H
#define GAINSAY_EXCHANGE_ISO_TIME_H

#include "base/sv.h"

// Is it a time in our form, of a day that the calendar has?
bool iso_time_is_ours(struct sv text);

// The same moment in our form, in `arena`: seconds and less may be missing, a zone other than Z is reckoned in. Absent
// when it is no time with a day and an hour, or no zone is given and none can be assumed but UTC (which it is then).
struct sv iso_time_read(struct arena *arena, struct sv text);

// A day ("2026-11-22", or what begins with one) as the moment it begins, in our form; absent when it is none.
struct sv iso_day_read(struct arena *arena, struct sv text);

#endif
