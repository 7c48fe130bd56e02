// One pair of functions for each form of formats.def; struct form says what they do.
#ifndef GAINSAY_EXCHANGE_FORMS_H
#define GAINSAY_EXCHANGE_FORMS_H

#include "exchange/exchange.h"

void w3c_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void w3c_read(struct incoming *in, struct sv bytes);
void hypothesis_read(struct incoming *in, struct sv bytes);
void brat_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void brat_read(struct incoming *in, struct sv bytes);
void csv_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void csv_read(struct incoming *in, struct sv bytes);
void jsonl_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void jsonl_read(struct incoming *in, struct sv bytes);
void webanno_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void argdown_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void aif_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void claimreview_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);
void dot_write(const struct outgoing *out, struct out_files *files, struct leftovers *left);

#endif
