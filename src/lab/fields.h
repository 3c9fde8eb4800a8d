/* What an expectation may ask of a process and of the lab: one table of fields, each read from the kernel,
 * or, where the kernel keeps it no longer, from what the lab has seen. */
#pragma once

#include "lab/expectation.h"
#include "lab/state.h"
#include "machine/procfile.h"

/* Whom a field is asked of. */
struct subject {
    const struct lab *lab;
    const struct member *member; /* NULL: a process that is no actor */
    struct process_id id;
    int index;  /* that the field is asked for with; -1: none */
    bool there; /* it exists, be it as a zombie: */
    struct process process;
    struct process_storage storage;
};

/* The process that the term's object and .child[i] name. False: there is none, and never was one by this
 * name. */
bool subject_find(struct subject *ret, const struct lab *lab, const struct term *term);

/* The names of all fields, in the order of the manual; NULL: there are no more. */
const char *field_at(size_t index, bool of_lab);
bool field_is_known(const char *name);
bool field_is_of_lab(const char *name);
/* " stat state pid ...", for messages. Returns text. */
const char *field_list(char *text, size_t size, bool of_lab);

/* The field that the term names, or the thing of that name that the actor has; *ret stays TERM_VALUE_UNKNOWN
 * when it cannot be read. The index is looked at by fields that are lists, which say so in ret->indexed. */
void field_read(struct subject *subject, const struct term *term, struct term_value *ret);
void field_read_of_lab(const struct lab *lab, const char *name, struct term_value *ret);
