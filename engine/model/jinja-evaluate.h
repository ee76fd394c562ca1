/* Running a parsed template. */
#pragma once

#include "jinja-call.h"

G_BEGIN_DECLS

typedef struct _JinjaBinding JinjaBinding;

/* Names of the template, of a loop's turn, of a macro's call. */
typedef struct _JinjaScope JinjaScope;
struct _JinjaScope
{
  JinjaScope *parent; /* (nullable) */
  JinjaBinding *bindings;
  gboolean is_kept; /* a macro may still look into it when its time is over */
};

struct _JinjaBinding
{
  const char *name; /* interned */
  JinjaValue value; /* MISSING: not set in this turn */
  JinjaBinding *next;
};

typedef enum
{
  JINJA_GO_ON,
  JINJA_BREAK,
  JINJA_CONTINUE,
} JinjaFlow;

struct _JinjaContext
{
  JinjaRun *run;
  JinjaScope *scope;
  JinjaBuffer *output;
  const char *loop_name; /* "loop", interned */
};

struct _JinjaMacro
{
  const JinjaMacroNode *node;
  JinjaScope *scope; /* where it was defined */
};

struct _JinjaLoop
{
  const JinjaValue *items; /* (nullable) [n_items] */
  const JinjaRange *range; /* instead of items: they need not be stored */
  gsize n_items;
  gsize index;
  guint depth;
  const JinjaNode *node;
  JinjaScope *scope; /* around the loop, for recursion */
  JinjaList *last_changed; /* (nullable) */
};

JinjaScope *jinja_scope_new (JinjaRun   *run,
                             JinjaScope *parent);
/* One without names for the next turn of a loop: `scope` itself, unless it must be kept. */
JinjaScope *jinja_scope_renew (JinjaRun   *run,
                               JinjaScope *scope);
/* Keeps it and those around it as they are. */
void jinja_scope_keep (JinjaScope *scope);
void jinja_scope_set (JinjaRun   *run,
                      JinjaScope *scope,
                      const char *name,
                      JinjaValue  value);
/* MISSING if no scope knows it. */
JinjaValue jinja_scope_get (JinjaRun   *run,
                            JinjaScope *scope,
                            const char *name);

JinjaValue jinja_evaluate (JinjaContext    *context,
                           const JinjaNode *node);
/* Calls what `node`, a CALL, calls, with `caller` (MISSING for none) as one more argument. */
JinjaValue jinja_evaluate_call (JinjaContext    *context,
                                const JinjaNode *node,
                                JinjaValue       caller);
/* `value` through the filters of `node`; it is what the innermost one is given. */
JinjaValue jinja_evaluate_filters (JinjaContext    *context,
                                   const JinjaNode *node,
                                   JinjaValue       value);
JinjaValue jinja_binary (JinjaContext *context,
                         JinjaOperator operator,
                         const char   *sign,
                         JinjaValue    left,
                         JinjaValue    right);
gboolean jinja_compare_by (JinjaContext *context,
                           JinjaOperator operator,
                           const char   *sign,
                           JinjaValue    left,
                           JinjaValue    right);

/* object.name and object[key]; what is not there is undefined. */
JinjaValue jinja_get_attribute (JinjaContext *context,
                                JinjaValue    object,
                                const char   *name);
JinjaValue jinja_get_item (JinjaContext *context,
                           JinjaValue    object,
                           JinjaValue    key);
JinjaValue jinja_cut (JinjaContext *context,
                      JinjaValue    object,
                      JinjaValue    slice);

/* The item of a turn, which must be less than n_items. */
JinjaValue jinja_loop_get_item (const JinjaLoop *loop,
                                gsize            index);
JinjaFlow jinja_execute (JinjaContext    *context,
                         const JinjaNode *node);
/* What the body prints, with `scope` as its names. */
JinjaString *jinja_capture (JinjaContext    *context,
                            const JinjaNode *body,
                            JinjaScope      *scope);
void jinja_assign (JinjaContext    *context,
                   const JinjaNode *target,
                   JinjaValue       value);
/* The loop once more over other items, for loop (items). */
JinjaString *jinja_loop_again (JinjaContext *context,
                               JinjaLoop    *loop,
                               JinjaValue    items);

G_END_DECLS
