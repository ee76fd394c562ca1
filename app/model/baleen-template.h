/* A prompt template: fields that a person fills in and a body they go into. No input or output
 * here; app/templates/template-parser.h makes one of a file. Immutable after that, so any thread
 * may read it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BALEEN_FIELD_TEXT,
  BALEEN_FIELD_LONGTEXT,
  BALEEN_FIELD_CHOICE,
  BALEEN_FIELD_NUMBER,
  BALEEN_FIELD_DATE,      /* 2026-01-31 */
  BALEEN_FIELD_FILE,      /* its value is the file's framed text, see template-values.h */
  BALEEN_FIELD_CLIPBOARD,
  BALEEN_FIELD_SELECTION,
} BaleenFieldType;

/* The word for it in a file, and back; FALSE for a word that is none. */
const char *baleen_field_type_to_string (BaleenFieldType type);
gboolean baleen_field_type_from_string (const char      *word,
                                        BaleenFieldType *type);

typedef struct
{
  char *id;
  char *label;
  BaleenFieldType type;
  gboolean is_required;
  char *help;          /* "" if none, as the next two */
  char *default_value;
  char *example;
  char **options;      /* of a choice; NULL-terminated, empty for other types */
} BaleenTemplateField;

BaleenTemplateField *baleen_template_field_new (const char      *id,
                                                BaleenFieldType  type);
void baleen_template_field_free (BaleenTemplateField *field);

/* Whether the field takes `value`: one of the options, a number, a date. Empty is always a
 * value; whether it may be empty is asked by baleen_template_render(). */
gboolean baleen_template_field_check (const BaleenTemplateField  *field,
                                      const char                 *value,
                                      GError                    **error);

typedef struct
{
  char *id;
  char *title;
  char *language;      /* "en", "zh"; "" if the file does not say */
  char **tags;         /* NULL-terminated */
  gboolean is_system;  /* a system prompt, not a message */
  GPtrArray *fields;   /* of BaleenTemplateField, in the order of the form */
  char *body;          /* with {{field}}; lines end in "\n" */
  char *source;        /* the whole file as it was read: what is shared and exported */
} BaleenTemplate;

BaleenTemplate *baleen_template_new (void);
void baleen_template_free (BaleenTemplate *template_);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaleenTemplate, baleen_template_free)

const BaleenTemplateField *baleen_template_find_field (const BaleenTemplate *template_,
                                                       const char           *id);

/* Whether `id` can name a template or a field: letters of any script, digits, “-” and “_”, at
 * most 64 characters. */
gboolean baleen_template_is_id (const char *id,
                                gssize      length);

#define BALEEN_TEMPLATE_ERROR (baleen_template_error_quark ())
GQuark baleen_template_error_quark (void);

typedef enum
{
  BALEEN_TEMPLATE_ERROR_FILE,  /* the file is no template; the message names file and line */
  BALEEN_TEMPLATE_ERROR_VALUE, /* a value does not fit its field, or is missing */
} BaleenTemplateError;

/* Finds the next {{…}} at or after `from`: its beginning, and what stands inside without white
 * space at the ends. NULL when there is none. */
const char *baleen_template_find_slot (const char  *from,
                                       const char **inside,
                                       gsize       *n_inside,
                                       const char **end);

/* The prompt. `values` maps field ids to text; an absent one means the default. Values go in as
 * they are and are never expanded again. A {{field}} alone on its line goes with that line when
 * it is empty, and so does a heading directly above it. NULL when a required field is empty. */
char *baleen_template_render (const BaleenTemplate *template_,
                              GHashTable           *values, /* (nullable) */
                              GError              **error);

/* The values that make the example, for the form and for trying a template out. */
GHashTable *baleen_template_get_example (const BaleenTemplate *template_);

G_END_DECLS
