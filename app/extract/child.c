#include "child.h"

#include "encoding.h"
#include "reader.h"
#include "sandbox.h"

#include <errno.h>
#include <libxml/parser.h>
#include <locale.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Of address space; what the program's libraries take is in it. */
#define MOST_MEMORY (3ull << 30)

static gboolean
write_all (gconstpointer data,
           gsize         size)
{
  const char *next = data;

  while (size > 0)
    {
      gssize n = write (STDOUT_FILENO, next, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      next += n;
      size -= n;
    }

  return TRUE;
}

static GVariant *
make_answer (guint     code,
             GVariant *document)
{
  GVariant *maybe = g_variant_new_maybe (G_VARIANT_TYPE (BALEEN_DOCUMENT_VARIANT), document);

  return g_variant_ref_sink (g_variant_new ("(u@m" BALEEN_DOCUMENT_VARIANT ")", code, maybe));
}

static GVariant *
read_document (const char *extension)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (STDIN_FILENO, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file)
                                          : g_bytes_new_static ("", 0);
  g_autoptr (BaleenDocument) document = baleen_read_document (bytes, extension, &error);

  if (document != NULL)
    return make_answer (0, baleen_document_to_variant (document));
  return make_answer (error->domain == BALEEN_READ_ERROR ? error->code
                                                         : BALEEN_READ_ERROR_DAMAGED,
                      NULL);
}

int
baleen_extract_child (int    argc,
                      char **argv)
{
  const char *extension = argc > 2 ? argv[2] : "";
  g_autoptr (GVariant) answer = NULL;
  gboolean is_locked_up;

  /* Whoever asked may be killed; then nobody waits for the answer. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  signal (SIGPIPE, SIG_DFL);
  /* By it libarchive knows the names in packages; those of Chinese books are not in ASCII. */
  setlocale (LC_CTYPE, "C.UTF-8");
  encoding_init ();
  xmlInitParser ();
  is_locked_up = sandbox_enter (MOST_MEMORY, BALEEN_EXTRACT_SECONDS);
  if (!write_all (BALEEN_EXTRACT_HELLO, sizeof BALEEN_EXTRACT_HELLO - 1))
    return 1;
  answer = is_locked_up ? read_document (extension)
                        : make_answer (BALEEN_READ_ERROR_SANDBOX, NULL);

  return !write_all (g_variant_get_data (answer), g_variant_get_size (answer));
}
