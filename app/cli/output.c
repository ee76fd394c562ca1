#include "output.h"

#include "command.h"
#include "json-writing.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define REPLACEMENT "\357\277\275"
#define MOST_SENTENCE 1200 /* characters of a complaint */

static int write_errno;        /* why standard output ended, 0 while it goes on */
static gboolean has_progress;  /* a progress line stands on the terminal */

static gboolean
note_failure (void)
{
  if (write_errno == 0)
    write_errno = errno != 0 ? errno : EIO;

  return FALSE;
}

gboolean
baleen_output_write (const char *text,
                     gssize      length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  if (write_errno != 0)
    return FALSE;

  baleen_progress_clear ();
  errno = 0;
  return fwrite (text, 1, n, stdout) == n || note_failure ();
}

/* Control characters but tab and newline, the C1 ones (U+0080 to U+009F) included. */
static gsize
control_length (const char *text,
                gsize       length)
{
  const guchar *bytes = (const guchar *) text;

  if (bytes[0] == '\t' || bytes[0] == '\n')
    return 0;
  if (bytes[0] < 0x20 || bytes[0] == 0x7f)
    return 1;
  if (bytes[0] == 0xc2 && length > 1 && bytes[1] >= 0x80 && bytes[1] <= 0x9f)
    return 2;

  return 0;
}

static char *
dup_harmless (const char *text,
              gsize       length,
              const char *replacement)
{
  GString *harmless = g_string_sized_new (length);
  gsize at = 0;

  while (at < length)
    {
      gsize n_control = control_length (text + at, length - at);

      if (n_control > 0)
        g_string_append (harmless, replacement);
      else
        g_string_append_c (harmless, text[at]);
      at += MAX (n_control, 1);
    }

  return g_string_free (harmless, FALSE);
}

gboolean
baleen_output_write_foreign (const char *text,
                             gssize      length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *harmless = NULL;

  if (!baleen_output_is_terminal ())
    return baleen_output_write (text, n);

  harmless = dup_harmless (text, n, REPLACEMENT);
  return baleen_output_write (harmless, -1);
}

gboolean
baleen_output_flush (void)
{
  if (write_errno != 0)
    return FALSE;

  errno = 0;
  return fflush (stdout) == 0 || note_failure ();
}

gboolean
baleen_output_json (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;
  gsize length;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  json_node_unref (root);

  return baleen_output_write (text, length) && baleen_output_write ("\n", 1);
}

gboolean
baleen_output_json_text (const char *text)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "text", text);
  json_builder_end_object (builder);

  return baleen_output_json (json_builder_get_root (builder));
}

int
baleen_output_close (int status)
{
  baleen_progress_clear ();
  baleen_output_flush ();
  if (write_errno == 0 || write_errno == EPIPE)
    return status;

  baleen_complain (_("Standard output cannot be written: %s. Make room or write elsewhere."),
                   g_strerror (write_errno));
  return status == BALEEN_EXIT_DONE ? BALEEN_EXIT_FAILED : status;
}

gboolean
baleen_output_is_terminal (void)
{
  return isatty (STDOUT_FILENO);
}

void
baleen_output_thought (const char *text,
                       gsize       length)
{
  g_autofree char *harmless = NULL;

  baleen_progress_clear ();
  if (!isatty (STDERR_FILENO))
    {
      fwrite (text, 1, length, stderr);
      return;
    }

  harmless = dup_harmless (text, length, REPLACEMENT);
  fprintf (stderr, "\033[2m%s\033[0m", harmless);
}

/* Sentences name what they are about, and names may be as long as an argument may; what to do
 * stands at the end. */
static char *
shorten (const char *sentence)
{
  g_autofree char *valid = g_utf8_make_valid (sentence, -1);
  const glong n = g_utf8_strlen (valid, -1);
  g_autofree char *start = NULL;

  if (n <= MOST_SENTENCE)
    return g_steal_pointer (&valid);
  start = g_utf8_substring (valid, 0, MOST_SENTENCE / 2);

  return g_strconcat (start, " … ", g_utf8_offset_to_pointer (valid, n - MOST_SENTENCE / 2), NULL);
}

void
baleen_complain (const char *format,
                 ...)
{
  g_autofree char *sentence = NULL, *shown = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  baleen_progress_clear ();
  fflush (stdout);
  g_strdelimit (sentence, "\n\t", ' ');
  shown = shorten (sentence);
  line = dup_harmless (shown, strlen (shown), " ");
  fprintf (stderr, "baleen: %s\n", line);
}

int
baleen_complain_of (const GError *error)
{
  baleen_complain ("%s", error->message);

  return BALEEN_EXIT_FAILED;
}

void
baleen_progress (const char *format,
                 ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  if (!isatty (STDERR_FILENO))
    return;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  fprintf (stderr, "\r\033[K\033[2m%s\033[0m", line);
  fflush (stderr);
  has_progress = TRUE;
}

void
baleen_progress_clear (void)
{
  if (!has_progress)
    return;

  has_progress = FALSE;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
}
