// The version, once: the Makefile and `gainsay --version` read it here.
#ifndef GAINSAY_BASE_VERSION_H
#define GAINSAY_BASE_VERSION_H

#define GAINSAY_VERSION "0.1.0"
#define GAINSAY_FORMAT 1 // format version of the files (FORMAT: `gainsay: 1`)

#endif
