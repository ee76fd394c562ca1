/* Text of a template run, with its origin: every byte is known to have come from the
 * template or from what people wrote, through cutting, joining and printing. */
#pragma once

#include "jinja-run.h"

G_BEGIN_DECLS

/* Text that grows at its end. A string that is the whole of a buffer is joined with another
 * by growing the buffer, so that a chain of additions copies each byte about once. */
typedef struct
{
  char *bytes;
  guint8 *mask; /* (nullable) [length]: 1 for input; NULL while all is of one origin */
  gsize length;
  gsize capacity;
  gboolean is_input; /* origin of all, without mask */
} JinjaBuffer;

/* Immutable UTF-8. */
typedef struct
{
  const char *bytes;  /* [length], not NUL-terminated */
  const guint8 *mask; /* (nullable) [length] */
  gsize length;
  gsize n_chars; /* G_MAXSIZE: not counted yet */
  gboolean is_input;
  JinjaBuffer *buffer; /* (nullable) where it lies, if it may grow there */
} JinjaString;

/* An initializer for constant ASCII text. */
#define JINJA_ASCII(text) \
  { \
    .bytes = text, .length = sizeof text - 1, .n_chars = sizeof text - 1 \
  }

/* Keeps `bytes`, which must be valid UTF-8 and live as long as the run. */
JinjaString *jinja_string_new (JinjaRun   *run,
                               const char *bytes,
                               gsize       length,
                               gboolean    is_input);
/* A copy of a C string, of the template's origin. */
JinjaString *jinja_string_from_text (JinjaRun   *run,
                                     const char *text);
/* `start` and `length` in bytes, at character boundaries; shares the bytes. */
JinjaString *jinja_string_cut (JinjaRun          *run,
                               const JinjaString *string,
                               gsize              start,
                               gsize              length);
JinjaString *jinja_string_join (JinjaRun          *run,
                                const JinjaString *left,
                                const JinjaString *right);
JinjaString *jinja_string_repeat (JinjaRun          *run,
                                  const JinjaString *string,
                                  gint64             times);
/* A NUL-terminated copy. */
const char *jinja_string_to_text (JinjaRun          *run,
                                  const JinjaString *string);

/* Characters, and where the one at `index` (at most the count) begins. */
gsize jinja_string_count (JinjaRun    *run,
                          JinjaString *string);
gsize jinja_string_offset (JinjaRun    *run,
                           JinjaString *string,
                           gsize        index);
gunichar jinja_string_get_char (const JinjaString *string,
                                gsize              offset,
                                gsize             *next);

gboolean jinja_string_is (const JinjaString *string,
                          const char        *text);
gboolean jinja_string_equal (JinjaRun          *run,
                             const JinjaString *left,
                             const JinjaString *right);
int jinja_string_compare (JinjaRun          *run,
                          const JinjaString *left,
                          const JinjaString *right);
/* Byte offset of `needle` at or after `from`, or the last one that ends at or before
 * `until`; -1 where there is none. */
gssize jinja_string_find (JinjaRun          *run,
                          const JinjaString *string,
                          const JinjaString *needle,
                          gsize              from);
gssize jinja_string_find_last (JinjaRun          *run,
                               const JinjaString *string,
                               const JinjaString *needle,
                               gsize              until);
gboolean jinja_string_starts (const JinjaString *string,
                              const JinjaString *prefix);
gboolean jinja_string_ends (const JinjaString *string,
                            const JinjaString *suffix);
/* Without the characters of `chars` (nullable: white space) at its ends. */
JinjaString *jinja_string_strip (JinjaRun          *run,
                                 const JinjaString *string,
                                 const JinjaString *chars,
                                 gboolean           left,
                                 gboolean           right);

/* What Python calls white space. */
gboolean jinja_is_space (gunichar c);

JinjaBuffer *jinja_buffer_new (JinjaRun *run);
void jinja_buffer_add (JinjaRun    *run,
                       JinjaBuffer *buffer,
                       const char  *bytes,
                       gsize        length,
                       gboolean     is_input);
void jinja_buffer_add_text (JinjaRun    *run,
                            JinjaBuffer *buffer,
                            const char  *text);
void jinja_buffer_add_string (JinjaRun          *run,
                              JinjaBuffer       *buffer,
                              const JinjaString *string);
void jinja_buffer_add_cut (JinjaRun          *run,
                           JinjaBuffer       *buffer,
                           const JinjaString *string,
                           gsize              start,
                           gsize              length);
void jinja_buffer_add_char (JinjaRun    *run,
                            JinjaBuffer *buffer,
                            gunichar     c,
                            gboolean     is_input);
JinjaString *jinja_buffer_to_string (JinjaRun    *run,
                                     JinjaBuffer *buffer);

/* The origin of the byte at `offset`. */
gboolean jinja_string_is_input (const JinjaString *string,
                                gsize              offset);

G_END_DECLS
