#include "input.h"

#include "interrupt.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define MOST_BYTES (256 * 1024 * 1024)
#define BLOCK 65536

static GString *line_rest; /* read and not yet given out as a line */

/* Reads one block: its length, 0 at the end, -1 with errno (EINTR: a signal). */
static gssize
read_block (char *block)
{
  struct pollfd fds[] = {
    { STDIN_FILENO, POLLIN, 0 },
    { baleen_interrupt_get_fd (), POLLIN, 0 },
  };

  for (;;)
    {
      gssize n;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        {
          if (errno == EINTR)
            continue;
          return -1;
        }
      if (fds[1].revents != 0)
        {
          errno = EINTR;
          return -1;
        }
      n = read (STDIN_FILENO, block, BLOCK);
      if (n >= 0 || (errno != EINTR && errno != EAGAIN))
        return n;
    }
}

static void
set_error (GError **error,
           int      number)
{
  if (number == EINTR)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INTR, _("Stopped."));
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number),
                 _("Standard input cannot be read: %s. Give a file or a pipe."),
                 g_strerror (number));
}

char *
baleen_input_read_all (gsize   *length,
                       GError **error)
{
  GString *text = g_string_new (NULL);
  g_autofree char *block = g_malloc (BLOCK);
  gssize n;

  while ((n = read_block (block)) > 0 && text->len + n <= MOST_BYTES)
    g_string_append_len (text, block, n);
  if (n == 0)
    {
      *length = text->len;
      return g_string_free (text, FALSE);
    }

  if (n < 0)
    set_error (error, errno);
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                 _("Standard input is larger than 256 MiB. Give it in parts."));
  g_string_free (text, TRUE);
  return NULL;
}

gboolean
baleen_input_read_line (GString *line)
{
  g_autofree char *block = g_malloc (BLOCK);
  gsize n_searched = 0;
  char *end;
  gssize n;

  if (line_rest == NULL)
    line_rest = g_string_new (NULL);

  while ((end = memchr (line_rest->str + n_searched, '\n', line_rest->len - n_searched)) == NULL
         && line_rest->len < MOST_BYTES && (n = read_block (block)) > 0)
    {
      n_searched = line_rest->len;
      g_string_append_len (line_rest, block, n);
    }

  if (baleen_interrupt_is_raised () || (end == NULL && line_rest->len == 0))
    return FALSE;

  n = end != NULL ? end - line_rest->str : (gssize) line_rest->len;
  g_string_truncate (line, 0);
  g_string_append_len (line, line_rest->str, n);
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  g_string_erase (line_rest, 0, end != NULL ? n + 1 : n);

  return TRUE;
}
