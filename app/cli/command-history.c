#include "command.h"

#include "baleen-search.h"
#include "history-export.h"
#include "history-file.h"
#include "history-import.h"
#include "input.h"
#include "json-writing.h"
#include "output.h"

#include <glib/gi18n.h>
#include <string.h>

static char *format_word;
static gboolean is_without_thoughts;

static const GOptionEntry entries[] = {
  { "format", 0, 0, G_OPTION_ARG_STRING, &format_word,
    N_("What “export” writes: markdown, html or json"), N_("F") },
  { "no-thoughts", 0, 0, G_OPTION_ARG_NONE, &is_without_thoughts,
    N_("Leaves thoughts out of what “export” writes"), NULL },
  { NULL }
};

/* More are no help in a terminal; with --json all are given. */
#define HITS_SHOWN 50

static BaleenDatabase *
open_history (gboolean is_written,
              GError **error)
{
  g_autofree char *folder = baleen_history_folder ();

  return baleen_history_open_beside (folder, is_written, error);
}

static char *
format_time (gint64      time,
             const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("");
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       time)
{
  g_autofree char *text = format_time (time, "%Y-%m-%dT%H:%M:%S%:z");

  baleen_json_add_text (builder, name, text);
}

static const char *
title_of (const char *title)
{
  return title != NULL && *title != '\0' ? title : C_("conversation", "New Chat");
}

/* ---- list ----------------------------------------------------------------------------- */

static void
add_conversation (JsonBuilder                    *builder,
                  const BaleenConversationRecord *record)
{
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "id", record->id);
  baleen_json_add_text (builder, "title", record->title);
  add_time (builder, "created", record->created);
  add_time (builder, "updated", record->updated);
  baleen_json_add_text (builder, "folder", record->folder);
  baleen_json_add_flag (builder, "pinned", record->is_pinned);
  baleen_json_add_flag (builder, "archived", record->is_archived);
  json_builder_end_object (builder);
}

static void
print_conversation (const BaleenConversationRecord *record)
{
  g_autofree char *time = format_time (record->updated, "%Y-%m-%d %H:%M");
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "  %s  %s%s%s\n", record->id, time,
                                           record->folder != NULL ? record->folder : "",
                                           record->folder != NULL ? " / " : "",
                                           title_of (record->title));

  baleen_output_write_foreign (line, -1);
}

static BaleenExit
list (const BaleenOptions *options,
      char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDatabase) database = open_history (FALSE, &error);
  g_autoptr (GPtrArray) records
      = database != NULL ? baleen_database_list (database, &error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (records == NULL)
    return baleen_complain_of (error);

  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      const BaleenConversationRecord *record = records->pdata[i];

      if (record->head_id == 0)
        continue;
      if (options->json)
        add_conversation (builder, record);
      else
        print_conversation (record);
    }
  json_builder_end_array (builder);
  if (options->json)
    baleen_output_json (json_builder_get_root (builder));
  return BALEEN_EXIT_DONE;
}

/* ---- search --------------------------------------------------------------------------- */

static const char *
find_title (GPtrArray *records,
            gint64     id)
{
  for (guint i = 0; i < records->len; i++)
    {
      const BaleenConversationRecord *record = records->pdata[i];

      if (record->id == id)
        return title_of (record->title);
    }
  return title_of (NULL);
}

static void
add_hit (JsonBuilder           *builder,
         const BaleenSearchHit *hit,
         const char            *title)
{
  json_builder_begin_object (builder);
  baleen_json_add_whole (builder, "conversation", hit->conversation_id);
  baleen_json_add_text (builder, "title", title);
  if (hit->message_id != 0)
    {
      baleen_json_add_whole (builder, "message", hit->message_id);
      baleen_json_add_text (builder, "role",
                            hit->role == BALEEN_ROLE_USER ? "user" : "assistant");
    }
  add_time (builder, "time", hit->time);
  baleen_json_add_text (builder, "snippet", hit->snippet);
  json_builder_end_object (builder);
}

/* What matches is bold where there is a terminal to show it. */
static char *
mark_snippet (const BaleenSearchHit *hit)
{
  GString *text = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i < hit->spans->len; i++)
    {
      const BaleenTextSpan span = g_array_index (hit->spans, BaleenTextSpan, i);

      g_string_append_len (text, hit->snippet + at, span.start - at);
      g_string_append (text, "\033[1m");
      g_string_append_len (text, hit->snippet + span.start, span.end - span.start);
      g_string_append (text, "\033[0m");
      at = span.end;
    }
  g_string_append (text, hit->snippet + at);
  return g_string_free (text, FALSE);
}

static void
print_hit (const BaleenSearchHit *hit,
           const char            *title)
{
  g_autofree char *time = format_time (hit->time, "%Y-%m-%d %H:%M");
  g_autofree char *line
      = g_strdup_printf ("%" G_GINT64_FORMAT "  %s  %s\n", hit->conversation_id, time, title);
  g_autofree char *marked = mark_snippet (hit);

  baleen_output_write_foreign (line, -1);
  if (hit->message_id == 0)
    return;
  baleen_output_write ("    ", -1);
  /* A snippet holds no control characters but ours. */
  if (baleen_output_is_terminal ())
    baleen_output_write (marked, -1);
  else
    baleen_output_write_foreign (hit->snippet, -1);
  baleen_output_write ("\n", -1);
}

static BaleenExit
search (const BaleenOptions *options,
        char               **arguments)
{
  g_autofree char *text = g_strjoinv (" ", arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDatabase) database = open_history (FALSE, &error);
  g_autoptr (GPtrArray) records
      = database != NULL ? baleen_database_list (database, &error) : NULL;
  g_autoptr (GPtrArray) hits
      = records != NULL ? baleen_search_run (database, text,
                                             options->json ? G_MAXUINT : HITS_SHOWN, &error)
                        : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (hits == NULL)
    return baleen_complain_of (error);

  json_builder_begin_array (builder);
  for (guint i = 0; i < hits->len; i++)
    {
      const BaleenSearchHit *hit = hits->pdata[i];
      const char *title = find_title (records, hit->conversation_id);

      if (options->json)
        add_hit (builder, hit, title);
      else
        print_hit (hit, title);
    }
  json_builder_end_array (builder);
  if (options->json)
    baleen_output_json (json_builder_get_root (builder));
  else if (hits->len == HITS_SHOWN)
    baleen_complain (_("These are the newest %u; --json gives all."), HITS_SHOWN);
  return BALEEN_EXIT_DONE;
}

/* ---- export --------------------------------------------------------------------------- */

/* Ids, or “all”: then `*ids` is NULL. */
static gboolean
parse_ids (char   **arguments,
           GArray **ids)
{
  *ids = NULL;
  if (g_str_equal (arguments[0], "all") && arguments[1] == NULL)
    return TRUE;

  *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      gint64 id;

      if (!g_ascii_string_to_signed (arguments[i], 10, 1, G_MAXINT64, &id, NULL))
        return FALSE;
      g_array_append_val (*ids, id);
    }
  return TRUE;
}

static BaleenExit
export (const BaleenOptions *options,
        char               **arguments)
{
  BaleenExportFormat format = options->json ? BALEEN_EXPORT_JSON : BALEEN_EXPORT_MARKDOWN;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenDatabase) database = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *text = NULL;

  if (format_word != NULL && !baleen_export_format_parse (format_word, &format))
    return baleen_wrong_use ("history", _("“--format” takes markdown, html or json, not “%s”."),
                             format_word);
  if (!parse_ids (arguments, &ids))
    return baleen_wrong_use ("history",
                             _("“history export” takes ids, as “history list” shows them, or "
                               "“all”."));

  database = open_history (FALSE, &error);
  items = database != NULL ? baleen_history_collect (database, ids, &error) : NULL;
  if (items == NULL)
    return baleen_complain_of (error);
  text = baleen_history_export (items, format, !is_without_thoughts);
  baleen_output_write_foreign (text, -1);
  return BALEEN_EXIT_DONE;
}

/* ---- import --------------------------------------------------------------------------- */

static BaleenHistoryImport *
read_import (const char *path,
             GError    **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_str_equal (path, "-"))
    return baleen_history_import_load (path, error);
  bytes = baleen_input_read_all (&length, error);
  return bytes != NULL ? baleen_history_import_read ("-", bytes, length, error) : NULL;
}

static void
print_intake (const BaleenOptions       *options,
              const BaleenHistoryImport *import,
              const BaleenHistoryIntake *intake)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "imported");
  json_builder_begin_array (builder);
  for (guint i = 0; i < intake->taken->len; i++)
    if (options->json)
      json_builder_add_int_value (builder,
                                  ((BaleenConversationRecord *) intake->taken->pdata[i])->id);
    else
      print_conversation (intake->taken->pdata[i]);
  json_builder_end_array (builder);
  baleen_json_add_whole (builder, "present", intake->n_present);
  json_builder_set_member_name (builder, "left_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < import->left_out->len; i++)
    {
      json_builder_add_string_value (builder, import->left_out->pdata[i]);
      baleen_complain ("%s", (char *) import->left_out->pdata[i]);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (options->json)
    baleen_output_json (json_builder_get_root (builder));
  baleen_complain (_("%u taken over, %u were there already, %u left out."), intake->taken->len,
                   intake->n_present, import->left_out->len);
}

static BaleenExit
import_file (const BaleenOptions *options,
             char               **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import = read_import (arguments[0], &error);
  g_autoptr (BaleenDatabase) database = import != NULL ? open_history (TRUE, &error) : NULL;
  g_autoptr (BaleenHistoryIntake) intake
      = database != NULL ? baleen_history_import_store (import, database, &error) : NULL;

  if (intake == NULL && g_error_matches (error, BALEEN_DATABASE_ERROR, BALEEN_DATABASE_ERROR_FULL))
    {
      baleen_complain (_("“%s” could not be imported: the disk is full. Nothing was changed."),
                       arguments[0]);
      return BALEEN_EXIT_FAILED;
    }
  if (intake == NULL && error->domain == BALEEN_DATABASE_ERROR && database != NULL)
    {
      baleen_complain (_("“%s” could not be imported: %s. Nothing was changed."), arguments[0],
                       error->message);
      return BALEEN_EXIT_FAILED;
    }
  if (intake == NULL)
    return baleen_complain_of (error);
  print_intake (options, import, intake);
  return BALEEN_EXIT_DONE;
}

static const struct
{
  const char *name;
  guint n_least;
  guint n_most;
  BaleenExit (*run) (const BaleenOptions *options,
                     char               **arguments);
} actions[] = {
  { "list", 0, 0, list },
  { "search", 1, G_MAXUINT, search },
  { "export", 1, G_MAXUINT, export },
  { "import", 1, 1, import_file },
};

static BaleenExit
run (const BaleenCommand *command,
     const BaleenOptions *options,
     char               **arguments)
{
  const guint n = g_strv_length (arguments);

  for (gsize i = 0; n > 0 && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, arguments[0]) && n - 1 >= actions[i].n_least
        && n - 1 <= actions[i].n_most)
      return actions[i].run (options, arguments + 1);

  return baleen_wrong_use (command->name,
                           _("“history” takes list, search TEXT, export ID or import FILE."));
}

const BaleenCommand baleen_command_history = {
  .name = "history",
  .arguments = "list|search|export|import …",
  .summary = N_("conversations: list them, search, export or import"),
  .details = N_("  list                 those there are, the last used first\n"
                "  search TEXT          what was said, the newest first; all words must be there\n"
                "  export ID… | all     as --format markdown, html or json\n"
                "  import FILE          JSON of Baleen, conversations.json of ChatGPT or DeepSeek;\n"
                "                       what is there already stays as it is"),
  .entries = entries,
  .run = run,
};
