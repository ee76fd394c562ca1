/* Values of a template run, with the meaning that Python gives them. */
#pragma once

#include "jinja-string.h"

G_BEGIN_DECLS

typedef enum
{
  JINJA_MISSING, /* an argument that was not given; never seen by a template */
  JINJA_UNDEFINED,
  JINJA_NONE,
  JINJA_BOOLEAN,
  JINJA_INTEGER,
  JINJA_FLOAT,
  JINJA_STRING,
  JINJA_LIST,
  JINJA_TUPLE,
  JINJA_VIEW,     /* keys, values or items of a dict */
  JINJA_ITERATOR, /* what can be walked once */
  JINJA_RANGE,
  JINJA_DICT,
  JINJA_NAMESPACE,
  JINJA_SLICE, /* a[b:c:d] between the brackets */
  JINJA_FUNCTION,
  JINJA_METHOD,
  JINJA_MACRO,
  JINJA_LOOP,
  JINJA_CYCLER,
  JINJA_JOINER,
} JinjaType;

typedef struct _JinjaValue JinjaValue;
typedef struct _JinjaBuiltin JinjaBuiltin;
typedef struct _JinjaMacro JinjaMacro;
typedef struct _JinjaLoop JinjaLoop;

/* Lists, tuples, views and iterators. */
typedef struct
{
  JinjaValue *items;
  gsize n_items;
  gsize capacity;
  gsize position;   /* of an iterator */
  const char *name; /* (nullable) of a view, as Python prints it; of an iterator, its kind;
                       of a tuple, "group" for those that groupby makes */
} JinjaList;

typedef struct _JinjaDict JinjaDict;
typedef struct _JinjaBound JinjaBound;
typedef struct _JinjaCycle JinjaCycle;

typedef struct
{
  gint64 start, stop, step;
} JinjaRange;

struct _JinjaValue
{
  JinjaType type;
  union
  {
    const char *name; /* of what is undefined (nullable) */
    gboolean boolean;
    gint64 integer;
    double number;
    JinjaString *string;
    JinjaList *list; /* LIST, TUPLE, VIEW, ITERATOR */
    JinjaDict *dict; /* DICT, NAMESPACE */
    const JinjaRange *range;
    JinjaValue *slice; /* [3]: start, stop, step, each NONE or INTEGER */
    const JinjaBuiltin *function;
    JinjaBound *bound;
    JinjaMacro *macro;
    JinjaLoop *loop;
    JinjaCycle *cycle; /* CYCLER, JOINER */
  };
};

/* Keys in the order in which they came. */
typedef struct
{
  JinjaValue key;
  JinjaValue value;
  guint32 hash;
} JinjaEntry;

struct _JinjaDict
{
  JinjaEntry *entries;
  gsize n_entries;
  gsize capacity;
  guint32 *index; /* (nullable) [n_slots]: entry + 1, 0 for none; only for large ones */
  gsize n_slots;
};

struct _JinjaBound
{
  JinjaValue self;
  const JinjaBuiltin *method;
};

struct _JinjaCycle
{
  JinjaList *items; /* of a cycler */
  gsize position;
  JinjaString *separator; /* of a joiner */
};

#define JINJA_VALUE_MISSING ((JinjaValue) { .type = JINJA_MISSING })
#define JINJA_VALUE_NONE ((JinjaValue) { .type = JINJA_NONE })

JinjaValue jinja_undefined (const char *name);
JinjaValue jinja_boolean (gboolean boolean);
JinjaValue jinja_integer (gint64 integer);
JinjaValue jinja_float (double number);
JinjaValue jinja_string (JinjaString *string);
JinjaValue jinja_text (JinjaRun   *run,
                       const char *text); /* copied */
JinjaValue jinja_list (JinjaList *list);
JinjaValue jinja_tuple (JinjaList *list);
JinjaValue jinja_iterator (JinjaList  *list,
                           const char *kind);
JinjaValue jinja_dict (JinjaDict *dict);
JinjaValue jinja_pair (JinjaRun  *run,
                       JinjaValue first,
                       JinjaValue second);

/* What a person would call it, for messages: "a string", "a list". */
const char *jinja_type_name (JinjaValue value);

gboolean jinja_is_number (JinjaValue value); /* booleans are, as in Python */
gboolean jinja_is_integral (JinjaValue value);
gint64 jinja_to_integer (JinjaValue value); /* of an integral one */
double jinja_to_double (JinjaValue value);  /* of a number */

gboolean jinja_truth (JinjaRun  *run,
                      JinjaValue value);
gboolean jinja_equal (JinjaRun  *run,
                      JinjaValue left,
                      JinjaValue right);
/* -1, 0 or 1; fails where Python has no order. `sign` is the operator, for the message. */
int jinja_compare (JinjaRun   *run,
                   JinjaValue  left,
                   JinjaValue  right,
                   const char *sign);
gboolean jinja_contains (JinjaRun  *run,
                         JinjaValue container,
                         JinjaValue item);

/* How many there are, -1 for what has no length. */
gssize jinja_length (JinjaRun  *run,
                     JinjaValue value);
guint64 jinja_range_length (const JinjaRange *range);
/* The number at `index`, which must be less than its length. */
gint64 jinja_range_get (const JinjaRange *range,
                        gsize             index);
gboolean jinja_can_iterate (JinjaValue value);
/* What iterating gives, in a list that must not be changed; fails for what cannot. */
JinjaList *jinja_iterate (JinjaRun  *run,
                          JinjaValue value);

JinjaList *jinja_list_new (JinjaRun *run);
void jinja_list_append (JinjaRun  *run,
                        JinjaList *list,
                        JinjaValue value);
void jinja_list_extend (JinjaRun        *run,
                        JinjaList       *list,
                        const JinjaList *from);
void jinja_list_insert (JinjaRun  *run,
                        JinjaList *list,
                        gsize      position,
                        JinjaValue value);
JinjaValue jinja_list_take (JinjaRun  *run,
                            JinjaList *list,
                            gsize      position);

JinjaDict *jinja_dict_new (JinjaRun *run);
/* Fails for a key that cannot be one. */
void jinja_dict_set (JinjaRun  *run,
                     JinjaDict *dict,
                     JinjaValue key,
                     JinjaValue value);
void jinja_dict_set_text (JinjaRun   *run,
                          JinjaDict  *dict,
                          const char *key,
                          JinjaValue  value);
/* (nullable) until the next change */
JinjaValue *jinja_dict_find (JinjaRun        *run,
                             const JinjaDict *dict,
                             JinjaValue       key);
JinjaValue *jinja_dict_find_text (JinjaRun        *run,
                                  const JinjaDict *dict,
                                  const char      *key);
void jinja_dict_remove (JinjaRun  *run,
                        JinjaDict *dict,
                        JinjaValue key);
JinjaDict *jinja_dict_copy (JinjaRun        *run,
                            const JinjaDict *dict);

G_END_DECLS
