#include "download.h"

#include "config.h"
#include "download-state.h"
#include "exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define USER_AGENT "Baleen/" BALEEN_VERSION
#define QUIET_SECONDS 30
#define MOST_REDIRECTS 6
#define USUAL_TRIES 6
/* Where nobody ever answered, or somebody else may. */
#define FEW_TRIES 2
/* Left free on the disk for everything else. */
#define SPARE_BYTES (64u << 20)
#define PIECE_BYTES (256 * 1024)

typedef struct
{
  const BaleenDownload *download;
  const char *url;           /* of its addresses, the one that is asked */
  gboolean is_last;          /* no other is left */
  gboolean was_answered;     /* by whoever is asked, if only to refuse */
  GCancellable *cancellable;
  DownloadState *state;      /* (owned) */
  char *part_path;           /* (owned) */
  char *final_path;          /* (owned) */
  int fd;                    /* of the part */
  SoupSession *session;      /* (owned) */
  BaleenNetworkEntry *entry; /* (owned) (nullable) of the exchange under way */
  char *sha256;              /* (owned) (nullable) that it must have */
  guint64 n_done;            /* bytes on the disk */
} Run;

static void
tell (Run                *run,
      BaleenDownloadPhase phase,
      guint64             n_done)
{
  if (run->download->progress != NULL)
    run->download->progress (phase, n_done, run->state->n_total, run->download->user_data);
}

static gboolean
fail_file (GError    **error,
           const char *path)
{
  int code = errno;
  g_autofree char *name = g_path_get_basename (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _("“%s” cannot be written: %s. Choose another folder or mend this one."), name,
               g_strerror (code));
  return FALSE;
}

/* ---- the disk ---------------------------------------------------------------------------- */

static gboolean
check_room (Run     *run,
            GError **error)
{
  struct statvfs status;
  guint64 needed = run->state->n_total - MIN (run->n_done, run->state->n_total);
  g_autofree char *wanted = NULL, *there = NULL;
  guint64 free_bytes;

  if (run->state->n_total == 0 || fstatvfs (run->fd, &status) != 0)
    return TRUE;
  free_bytes = (guint64) status.f_bavail * status.f_frsize;
  if (free_bytes >= needed + SPARE_BYTES)
    return TRUE;

  wanted = g_format_size (needed);
  there = g_format_size (free_bytes);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
               _("“%s” needs %s of disk space and %s is free. Free some, or choose another "
                 "folder; what has come is kept."), run->download->name, wanted, there);
  return FALSE;
}

/* GLib says in its own way that a disk is full. */
static gboolean
save_state (Run     *run,
            GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (download_state_save (run->state, &problem))
    return TRUE;
  if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  errno = ENOSPC;
  return fail_file (error, run->part_path);
}

static gboolean
restart (Run     *run,
         GError **error)
{
  run->n_done = 0;
  download_state_reset (run->state, run->url, run->download->sha256);

  return ftruncate (run->fd, 0) == 0 || fail_file (error, run->part_path);
}

static gboolean
open_part (Run     *run,
           GError **error)
{
  struct stat status;

  if (g_mkdir_with_parents (run->download->folder, 0755) != 0)
    return fail_file (error, run->download->folder);
  if (g_file_test (run->final_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   _("“%s” is there already. Remove it first to download it again."),
                   run->download->name);
      return FALSE;
    }
  run->fd = g_open (run->part_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (run->fd < 0 || fstat (run->fd, &status) != 0)
    return fail_file (error, run->part_path);
  run->n_done = status.st_size;

  return TRUE;
}

/* What is there goes on from the address that is asked now, if it belongs to it. */
static gboolean
turn_to (Run        *run,
         const char *url,
         GError    **error)
{
  run->url = url;
  run->was_answered = FALSE;
  if (run->download->turned != NULL)
    run->download->turned (url, run->download->user_data);
  if (run->n_done > 0 && download_state_is_of (run->state, url, run->download->sha256))
    {
      download_state_move (run->state, url);
      return TRUE;
    }

  return restart (run, error);
}

static gboolean
write_piece (Run        *run,
             const char *piece,
             gsize       length,
             GError    **error)
{
  while (length > 0)
    {
      gssize n = pwrite (run->fd, piece, length, run->n_done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_file (error, run->part_path);
      run->n_done += n;
      piece += n;
      length -= n;
    }

  return TRUE;
}

/* ---- one exchange ------------------------------------------------------------------------ */

typedef enum
{
  STEP_FAILED,
  STEP_CUT,   /* worth another try */
  STEP_WHOLE,
} Step;

static void
close_entry (Run        *run,
             const char *result)
{
  if (run->entry != NULL)
    baleen_network_entry_close (run->entry, result);
  g_clear_object (&run->entry);
}

static SoupMessage *
make_message (Run        *run,
              GUri       *uri,
              const char *first_host)
{
  SoupMessage *message = soup_message_new_from_uri ("GET", uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* What is counted in bytes must not be packed on the way. */
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (run->n_done > 0)
    {
      soup_message_headers_set_range (headers, run->n_done, -1);
      if (run->state->etag != NULL)
        soup_message_headers_replace (headers, "If-Range", run->state->etag);
    }
  if (run->download->token != NULL && run->url == run->download->url
      && g_strcmp0 (first_host, g_uri_get_host (uri)) == 0)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", run->download->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }

  return message;
}

/* Hugging Face says on the way what the file is: its size and its SHA-256. */
static void
note_promise (Run         *run,
              SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *linked = soup_message_headers_get_one (headers, "X-Linked-ETag");
  g_autofree char *digest = NULL;

  if (linked == NULL || run->sha256 != NULL)
    return;
  digest = g_strdup (linked[0] == '"' ? linked + 1 : linked);
  digest[strcspn (digest, "\"")] = '\0';
  if (baleen_download_is_sha256 (digest))
    run->sha256 = g_steal_pointer (&digest);
}

static GUri *
follow (SoupMessage *message,
        GError     **error)
{
  GUri *here = soup_message_get_uri (message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                       "Location");
  g_autofree char *from = g_uri_to_string (here);
  g_autofree char *to = location != NULL
                            ? g_uri_resolve_relative (from, location, G_URI_FLAGS_ENCODED, NULL)
                            : NULL;
  g_autoptr (GUri) uri = baleen_web_address_parse (to != NULL ? to : "", error);

  if (uri != NULL && g_str_equal (g_uri_get_scheme (here), "https")
      && !g_str_equal (g_uri_get_scheme (uri), "https"))
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS,
                   _("%s sends on to an address without encryption. Nothing was downloaded."),
                   g_uri_get_host (here));
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static gboolean
is_redirect (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* The answer of whoever has the file in the end; `*message` becomes its. */
static GInputStream *
send_following (Run          *run,
                SoupMessage **message,
                GError      **error)
{
  g_autoptr (GUri) uri = baleen_web_address_parse (run->url, error);
  g_autofree char *first_host = uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;

  for (guint n = 0; uri != NULL; n++)
    {
      GInputStream *stream;

      g_clear_object (message);
      *message = make_message (run, uri, first_host);
      close_entry (run, _("sent on"));
      run->entry = baleen_network_log_open (baleen_network_log_get (), BALEEN_PURPOSE_DOWNLOAD,
                                            g_uri_get_host (uri), NULL);
      stream = soup_session_send (run->session, *message, run->cancellable, error);
      if (stream == NULL)
        {
          baleen_network_error_explain (error, g_uri_get_host (uri));
          return NULL;
        }
      run->was_answered = TRUE;
      note_promise (run, *message);
      if (!is_redirect (*message))
        return stream;
      g_object_unref (stream);
      if (n == MOST_REDIRECTS)
        {
          g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_REDIRECTS,
                       _("%s sends from one address to the next without end."), first_host);
          return NULL;
        }
      g_clear_pointer (&uri, g_uri_unref);
      uri = follow (*message, error);
    }

  return NULL;
}

static gboolean
refuse (GError     **error,
        SoupMessage *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));
  guint status = soup_message_get_status (message);

  if (status == 401 || status == 403)
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_KEY,
                 _("%s gives this file only to those who have accepted its terms. Accept them "
                   "there and give your access token."), host);
  else if (status == 404)
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                 _("%s has no such file. Check the address."), host);
  else
    g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_STATUS,
                 _("%s does not give the file (%u). Try again later."), host, status);

  return FALSE;
}

/* Where what comes belongs. FALSE with an error, or without one where it belongs nowhere and
 * the part was thrown away. */
static gboolean
take_head (Run         *run,
           SoupMessage *message,
           GError     **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint status = soup_message_get_status (message);
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  goffset start, end, total;

  if (status == 206)
    {
      if (!soup_message_headers_get_content_range (headers, &start, &end, &total)
          || (guint64) start != run->n_done || total <= 0
          || (run->state->n_total > 0 && (guint64) total != run->state->n_total)
          || (run->state->etag != NULL && etag != NULL && !g_str_equal (etag, run->state->etag)))
        {
          restart (run, error);
          return FALSE;
        }
      run->state->n_total = total;
    }
  else if (status == 200)
    {
      if (run->n_done > 0 && !restart (run, error))
        return FALSE;
      total = soup_message_headers_get_content_length (headers);
      run->state->n_total = MAX (total, 0);
    }
  else if (status == 416)
    {
      restart (run, error);
      return FALSE;
    }
  else
    return refuse (error, message);

  if (run->download->n_bytes > 0 && run->state->n_total > 0
      && run->state->n_total != run->download->n_bytes)
    {
      g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
                   _("“%s” is not the file that was promised: it has another size. It was not "
                     "added."), run->download->name);
      return FALSE;
    }
  download_state_set_etag (run->state, etag);

  return check_room (run, error) && save_state (run, error);
}

/* Servers answer with a page of theirs where they want a visitor to sign in or have nothing. */
static gboolean
check_beginning (Run     *run,
                 GError **error)
{
  const char *begins = run->download->begins;
  gsize length = begins != NULL ? strlen (begins) : 0;
  g_autofree char *there = g_malloc (length + 1);

  if (length == 0 || (pread (run->fd, there, length, 0) == (gssize) length
                      && memcmp (there, begins, length) == 0))
    return TRUE;

  restart (run, NULL);
  g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
               _("What comes from this address is no %s file, perhaps a page to sign in. “%s” was "
                 "not added. Check the address."), begins, run->download->name);
  return FALSE;
}

/* What comes, to its end. FALSE without an error where it was cut. */
static gboolean
receive (Run          *run,
         GInputStream *stream,
         GError      **error)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  g_autoptr (GError) problem = NULL;
  gsize n_begins = run->download->begins != NULL ? strlen (run->download->begins) : 0;
  gssize n;

  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, run->cancellable, &problem)) > 0)
    {
      if (!write_piece (run, piece, n, error)
          || (run->n_done >= n_begins && run->n_done - n < n_begins
              && !check_beginning (run, error)))
        return FALSE;
      if (run->state->n_total > 0 && run->n_done > run->state->n_total)
        {
          restart (run, error);
          return FALSE;
        }
      tell (run, BALEEN_DOWNLOAD_FETCHING, run->n_done);
      baleen_network_entry_count (run->entry, 0, run->n_done);
    }
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return problem == NULL && (run->state->n_total == 0 || run->n_done == run->state->n_total);
}

static gboolean
is_worth_another (const GError *error)
{
  return g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_UNREACHABLE)
         || g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_SLOW)
         || g_error_matches (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_OFFLINE);
}

/* An error is set where it is worth saying, also with CUT. */
static Step
exchange (Run     *run,
          GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GInputStream) stream = NULL;
  Step step = STEP_FAILED;

  if (run->state->n_total > 0 && run->n_done == run->state->n_total)
    return STEP_WHOLE;
  stream = send_following (run, &message, &problem);
  if (stream == NULL)
    step = is_worth_another (problem) ? STEP_CUT : STEP_FAILED;
  else if (!take_head (run, message, &problem))
    step = problem == NULL ? STEP_CUT : STEP_FAILED;
  else if (receive (run, stream, &problem))
    step = STEP_WHOLE;
  else
    step = problem == NULL ? STEP_CUT : STEP_FAILED;
  close_entry (run, step == STEP_WHOLE ? _("done")
                    : problem != NULL  ? problem->message
                                       : _("cut"));
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return step;
}

static gboolean
wait_a_moment (Run  *run,
               guint n_cuts)
{
  GPollFD fd = { 0 };
  gboolean can_poll = g_cancellable_make_pollfd (run->cancellable, &fd);

  tell (run, BALEEN_DOWNLOAD_WAITING, run->n_done);
  g_poll (&fd, can_poll, 200 << n_cuts);
  if (can_poll)
    g_cancellable_release_fd (run->cancellable);

  return !g_cancellable_is_cancelled (run->cancellable);
}

static guint
count_tries (const Run *run)
{
  if (run->download->n_tries > 0)
    return run->download->n_tries;

  return run->is_last && (run->was_answered || run->n_done > 0) ? USUAL_TRIES : FEW_TRIES;
}

/* Again and again, as long as each try brings something or there are few in vain. */
static gboolean
fetch (Run     *run,
       GError **error)
{
  for (guint n_cuts = 0;;)
    {
      g_autoptr (GError) problem = NULL;
      guint64 before = run->n_done;
      Step step = exchange (run, &problem);

      if (step == STEP_WHOLE)
        return TRUE;
      n_cuts = run->n_done > before ? 1 : n_cuts + 1;
      if (step == STEP_FAILED || n_cuts > count_tries (run) || !wait_a_moment (run, n_cuts))
        {
          if (problem != NULL)
            g_propagate_error (error, g_steal_pointer (&problem));
          else if (!g_cancellable_set_error_if_cancelled (run->cancellable, error))
            {
              g_autofree char *size = g_format_size (run->n_done);

              g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_UNREACHABLE,
                           _("The download of “%s” stopped at %s. Start it again to go on from "
                             "there."), run->download->name, size);
            }
          return FALSE;
        }
    }
}

/* ---- the end ----------------------------------------------------------------------------- */

static gboolean
check_sum (Run     *run,
           GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *piece = g_malloc (PIECE_BYTES);
  guint64 at = 0;
  gssize n;

  if (run->sha256 == NULL)
    return TRUE;
  while ((n = pread (run->fd, piece, PIECE_BYTES, at)) > 0)
    {
      g_checksum_update (sum, piece, n);
      at += n;
      tell (run, BALEEN_DOWNLOAD_CHECKING, at);
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
    }
  if (n == 0 && g_str_equal (g_checksum_get_string (sum), run->sha256))
    return TRUE;

  restart (run, NULL);
  g_set_error (error, BALEEN_NETWORK_ERROR, BALEEN_NETWORK_ERROR_ANSWER,
               _("“%s” is not the file that was promised. It was not added. Download it again, or "
                 "from another place."), run->download->name);
  return FALSE;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_done = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return is_done;
}

/* On the disk first, then under its name, which nobody else may have taken meanwhile. */
static gboolean
put_in_place (Run     *run,
              GError **error)
{
  if (fsync (run->fd) != 0)
    return fail_file (error, run->part_path);
  if (renameat2 (AT_FDCWD, run->part_path, AT_FDCWD, run->final_path, RENAME_NOREPLACE) != 0
      && (errno != EINVAL || link (run->part_path, run->final_path) != 0
          || g_unlink (run->part_path) != 0))
    return fail_file (error, run->final_path);
  download_state_remove (run->state);
  sync_folder (run->download->folder);

  return TRUE;
}

/* Another address may do better: nothing answered, the file is not there or for some alone, or it
 * is another one. */
static gboolean
may_be_elsewhere (const GError *error)
{
  return error->domain == BALEEN_NETWORK_ERROR;
}

/* From one address after the other. What the first one said is told in the end: it is the one that
 * was asked for. */
static gboolean
fetch_anywhere (Run     *run,
                GError **error)
{
  const char *const none[] = { NULL };
  const char *const *mirrors = run->download->mirrors != NULL ? run->download->mirrors : none;
  g_autofree char *promised = g_strdup (run->sha256);
  const char *url = run->download->url;
  g_autoptr (GError) first = NULL;

  for (;; url = *mirrors++)
    {
      g_autoptr (GError) problem = NULL;

      run->is_last = *mirrors == NULL;
      if (turn_to (run, url, &problem) && fetch (run, &problem)
          && check_beginning (run, &problem) && check_sum (run, &problem))
        return TRUE;
      if (first == NULL)
        first = g_error_copy (problem);
      if (run->is_last || !may_be_elsewhere (problem))
        {
          g_propagate_error (error, may_be_elsewhere (problem) ? g_steal_pointer (&first)
                                                               : g_steal_pointer (&problem));
          return FALSE;
        }
      /* What one said of the file binds no other. */
      g_free (run->sha256);
      run->sha256 = g_strdup (promised);
      run->state->n_total = 0;
    }
}

char *
baleen_download_run (const BaleenDownload *download,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) own = cancellable != NULL ? g_object_ref (cancellable)
                                                     : g_cancellable_new ();
  Run run = { .download = download, .cancellable = own, .fd = -1,
              .sha256 = g_strdup (download->sha256) };
  gboolean is_done;

  g_return_val_if_fail (strchr (download->name, '/') == NULL && download->name[0] != '.', NULL);

  run.final_path = g_build_filename (download->folder, download->name, NULL);
  run.part_path = g_strconcat (run.final_path, ".part", NULL);
  run.state = download_state_load (run.part_path);
  g_main_context_push_thread_default (context);
  run.session = soup_session_new_with_options ("user-agent", USER_AGENT, "timeout",
                                               download->quiet_seconds > 0 ? download->quiet_seconds
                                                                           : QUIET_SECONDS,
                                               NULL);
  soup_session_remove_feature_by_type (run.session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (run.session, SOUP_TYPE_CONTENT_DECODER);
  is_done = open_part (&run, error) && fetch_anywhere (&run, error) && put_in_place (&run, error);
  close_entry (&run, _("stopped"));
  soup_session_abort (run.session);
  g_clear_object (&run.session);
  g_main_context_pop_thread_default (context);

  if (run.fd >= 0)
    close (run.fd);
  /* Of what was wrong nothing stays. */
  if (!is_done && run.fd >= 0 && run.n_done == 0)
    {
      g_unlink (run.part_path);
      download_state_remove (run.state);
    }
  download_state_free (run.state);
  g_free (run.part_path);
  g_free (run.sha256);
  if (!is_done)
    g_clear_pointer (&run.final_path, g_free);

  return run.final_path;
}

void
baleen_download_forget (const char *path)
{
  g_autofree char *part_path = g_strconcat (path, ".part", NULL);
  DownloadState *state = download_state_load (part_path);

  g_unlink (part_path);
  download_state_remove (state);
  download_state_free (state);
}
