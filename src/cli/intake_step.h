// What an import put in, as a step that undo in the reader takes back.
#ifndef GAINSAY_CLI_INTAKE_STEP_H
#define GAINSAY_CLI_INTAKE_STEP_H

#include "cli/intake.h"
#include "model/registry.h"

// Begin: what the layers say now of what was read, and whether they are finished, is what undo goes
// back to.
void intake_step_begin(struct intake *intake);
// Note a record that was put into a layer, and a source that was put into the registry.
void intake_step_note(struct intake *intake, const struct intake_layer *layer, enum section section,
                      struct sv id);
void intake_step_note_source(struct intake *intake, struct sv id);

// After all was saved: append the step to the log of undo. false: E_REFUSED, it is too large to be
// undone, or E_SYSTEM; the import stands all the same.
MUST_CHECK bool intake_step_write(struct intake *intake, const struct registry *registry,
                                  struct err *err);

#endif
