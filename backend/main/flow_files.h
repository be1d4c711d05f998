/*
 * Flows in files: documents one by one, or an export of several. Where a flow or a recorded conversation speaks of another
 * flow, that one lies beside it and is called by its key: “financeiro” is financeiro.json in the same folder.
 */
#ifndef MAIN_FLOW_FILES_H
#define MAIN_FLOW_FILES_H

#include "domain/flows/recording.h"

/* Documents that were read, each once by its key, and what is wrong with the shape of each. */
struct flow_files {
    struct arena *arena;
    const struct flow_document **documents;
    struct findings *findings; /* of each document, in the same order */
    size_t n;
};

/* As JSON. ERR_UNAVAILABLE "file_unreadable", ERR_TOO_LARGE "file_too_large", ERR_INVALID as json_parse. */
MUST_CHECK struct err flow_files_json(struct arena *a, const char *path, const struct json **out);

/* A document, or all of an export. ERR_INVALID as document_fill besides. */
MUST_CHECK struct err flow_files_read(struct flow_files *files, const char *path);

/* What is said of others, and by these again, from beside this file; those that are not there are left out. */
MUST_CHECK struct err flow_files_beside(struct flow_files *files, const char *path, struct str key);
MUST_CHECK struct err flow_files_closure(struct flow_files *files, const char *path);

struct flow_set flow_files_set(const struct flow_files *files);

#endif
