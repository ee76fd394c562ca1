#include "baleen-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

#include "message-host.h"

static GDateTime *
local_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return g_date_time_to_local (utc);
}

/* Whole days between two local dates, whatever the clock did in between. */
static int
days_between (GDateTime *from,
              GDateTime *to)
{
  GDate first, second;
  int year, month, day;

  g_date_time_get_ymd (from, &year, &month, &day);
  g_date_set_dmy (memset (&first, 0, sizeof first), day, month, year);
  g_date_time_get_ymd (to, &year, &month, &day);
  g_date_set_dmy (memset (&second, 0, sizeof second), day, month, year);
  return g_date_days_between (&first, &second);
}

char *
baleen_words_clock (gint64 time)
{
  g_autoptr (GDateTime) date = local_time (time);

  return g_date_time_format (date, "%H:%M");
}

char *
baleen_words_moment (gint64 time,
                     gint64 now)
{
  g_autoptr (GDateTime) date = local_time (time);
  g_autoptr (GDateTime) today = local_time (now);

  /* Translators: a moment of another day, as g_date_time_format() has it. */
  return g_date_time_format (date, days_between (date, today) <= 0 ? "%H:%M" : _("%-d %b, %H:%M"));
}

/* Our own, because a system without the locale's data still shall speak its language. */
static const char *
weekday (GDateTime *date)
{
  const char *const names[] = { _("Monday"), _("Tuesday"),  _("Wednesday"), _("Thursday"),
                                _("Friday"), _("Saturday"), _("Sunday") };

  return names[g_date_time_get_day_of_week (date) - 1];
}

char *
baleen_words_day (gint64 time,
                  gint64 now)
{
  g_autoptr (GDateTime) date = local_time (time);
  g_autoptr (GDateTime) today = local_time (now);
  const int days = days_between (date, today);

  if (days <= 0)
    return g_date_time_format (date, "%H:%M");
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return g_strdup (weekday (date));
  /* Translators: a date in this year, and one in another, as g_date_time_format() has it. */
  if (g_date_time_get_year (date) == g_date_time_get_year (today))
    return g_date_time_format (date, _("%-d %b"));
  return g_date_time_format (date, _("%-d %b %Y"));
}

char *
baleen_words_speed (BaleenMessage *message)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (message);
  double speed;

  /* The first token ends reading and begins writing: it takes no time of its own. */
  if (numbers->n_tokens < 2 || numbers->write_seconds <= 0)
    return NULL;
  speed = (numbers->n_tokens - 1) / numbers->write_seconds;
  return speed < 9.95 ? g_strdup_printf (_("%.1f tok/s"), speed)
                      : g_strdup_printf (_("%.0f tok/s"), speed);
}

static char *
waiting_words (BaleenMessage *message)
{
  g_autofree char *host = baleen_message_dup_host (message);

  return g_strdup_printf (_("%s is busy. Trying again in %u s."),
                          host != NULL ? host : _("The server"),
                          baleen_message_get_numbers (message)->wait_seconds);
}

static char *
reading_words (const BaleenNumbers *numbers)
{
  const gint64 n_new = numbers->n_prompt - numbers->n_reused;
  g_autofree char *words = NULL;
  double left;

  if (numbers->n_prompt == 0)
    return g_strdup (_("Reading"));
  words = g_strdup_printf (_("Reading %'d of %'d tokens"),
                           (int) (numbers->n_reused + numbers->n_read), (int) numbers->n_prompt);
  if (numbers->n_read == 0 || numbers->read_seconds < 1)
    return g_steal_pointer (&words);

  left = numbers->read_seconds / numbers->n_read * (n_new - numbers->n_read);
  if (left < 1)
    return g_steal_pointer (&words);
  return g_strdup_printf (_("%s · %d s left"), words, (int) ceil (left));
}

char *
baleen_words_status (BaleenMessage *message,
                     guint          n_before)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (message);
  g_autofree char *speed = NULL;
  g_autofree char *clock = NULL;

  if (baleen_state_is_running (baleen_message_get_state (message))
      && baleen_message_get_step (message) != NULL)
    return g_strdup (baleen_message_get_step (message));

  switch (baleen_message_get_state (message))
    {
    case BALEEN_STATE_QUEUED:
      return n_before > 0 ? g_strdup_printf (_("Waiting · %u before this"), n_before)
                          : g_strdup (_("Waiting"));
    case BALEEN_STATE_LOADING:
      return g_strdup (_("Loading the model"));
    case BALEEN_STATE_READING:
      return numbers->wait_seconds > 0 ? waiting_words (message) : reading_words (numbers);
    case BALEEN_STATE_THINKING:
      return baleen_words_thought (message);
    case BALEEN_STATE_ANSWERING:
      speed = baleen_words_speed (message);
      return speed != NULL ? g_strdup_printf (_("Answering · %s"), speed)
                           : g_strdup (_("Answering"));
    case BALEEN_STATE_STOPPED:
      return g_strdup (_("Stopped by you"));
    case BALEEN_STATE_CUT:
      return g_strdup_printf (_("Cut at %'d tokens"), (int) numbers->n_tokens);
    case BALEEN_STATE_FAILED:
      return g_strdup (baleen_message_get_problem (message));
    case BALEEN_STATE_INTERRUPTED:
      clock = baleen_words_moment (baleen_message_get_ended (message), g_get_real_time ());
      return g_strdup_printf (_("Interrupted at %s, text kept"), clock);
    case BALEEN_STATE_DONE:
    default:
      return g_strdup (numbers->is_thought_cut ? _("Thinking stopped at its budget") : "");
    }
}

char *
baleen_words_thought (BaleenMessage *message)
{
  const int seconds = (int) ceil (baleen_message_get_numbers (message)->thought_seconds);

  if (baleen_message_get_state (message) == BALEEN_STATE_THINKING)
    return g_strdup_printf (_("Thinking… %d s"), seconds);
  /* One that came from elsewhere: a file, a terminal. */
  if (seconds == 0)
    return g_strdup (_("Thoughts"));
  return g_strdup_printf (_("Thought for %d s"), seconds);
}

char *
baleen_words_details (BaleenMessage *message)
{
  const BaleenNumbers *numbers = baleen_message_get_numbers (message);
  g_autofree char *clock = baleen_words_clock (baleen_message_get_created (message));
  g_autofree char *speed = baleen_words_speed (message);
  g_autofree char *tokens = NULL;
  const char *model = baleen_message_get_model (message);
  const char *parts[5] = { clock };
  guint n = 1;

  if (model != NULL)
    parts[n++] = model;
  if (numbers->n_tokens > 0)
    parts[n++] = tokens = g_strdup_printf (
        g_dngettext (NULL, "%'d token", "%'d tokens", numbers->n_tokens),
        (int) numbers->n_tokens);
  if (speed != NULL)
    parts[n++] = speed;
  return g_strjoinv (" · ", (char **) parts);
}

char *
baleen_words_row (BaleenMessage *message)
{
  g_autofree char *clock = baleen_words_clock (baleen_message_get_created (message));
  const char *model = baleen_message_get_model (message);

  if (baleen_message_get_role (message) == BALEEN_ROLE_USER)
    return g_strdup_printf (_("You, %s"), clock);
  if (baleen_message_get_role (message) == BALEEN_ROLE_SYSTEM)
    return g_strdup_printf (_("Note, %s"), clock);
  if (model == NULL)
    return g_strdup_printf (_("Answer, %s"), clock);
  return g_strdup_printf (_("Answer from %s, %s"), model, clock);
}

guint
baleen_words_count (const char *text)
{
  gboolean in_word = FALSE;
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);
      const gboolean is_han = g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
      const gboolean is_part = g_unichar_isalnum (c) && !is_han;

      n += is_han || (is_part && !in_word);
      /* “don't” is one word. */
      in_word = is_part || (in_word && (c == '\'' || c == 0x2019));
    }
  return n;
}

const char *
baleen_words_title (BaleenConversation *conversation)
{
  const char *title = baleen_conversation_get_title (conversation);

  return title != NULL && *title != '\0' ? title : C_("conversation", "New Chat");
}

char *
baleen_words_date (const char *date)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) parsed = NULL;
  int year, month, day;

  if (sscanf (date, "%4d-%2d-%2d", &year, &month, &day) == 3)
    parsed = g_date_time_new (zone, year, month, day, 0, 0, 0);
  return parsed != NULL ? g_date_time_format (parsed, _("%-d %b %Y")) : g_strdup (date);
}

char *
baleen_words_place (BaleenSource *source)
{
  const char *url = baleen_source_get_url (source);
  const char *file = baleen_source_get_file (source);
  const int page = baleen_source_get_page (source);
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *base = file != NULL ? g_path_get_basename (file) : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    return g_strdup (g_uri_get_host (uri));
  if (page > 0)
    return g_strdup_printf (_("page %d"), page);
  return g_strdup (base != NULL ? base : "");
}

char *
baleen_words_source (BaleenSource *source)
{
  const int number = baleen_source_get_number (source);
  const char *title = baleen_source_get_title (source);
  g_autofree char *place = baleen_words_place (source);

  if (*place == '\0')
    return g_strdup_printf (_("Source %d, %s"), number, title);
  return g_strdup_printf (_("Source %d, %s, %s"), number, title, place);
}

char *
baleen_words_passage (BaleenSource *source)
{
  const char *passage = baleen_source_get_passage (source);
  g_autofree char *place = baleen_words_place (source);
  g_autofree char *where = *place != '\0'
                               ? g_strdup_printf ("%s, %s", baleen_source_get_title (source), place)
                               : g_strdup (baleen_source_get_title (source));

  if (passage == NULL)
    return g_steal_pointer (&where);
  return g_strdup_printf (_("%s: “%s”"), where, passage);
}

/* What lies between the letters of two scripts can look like another host. */
char *
baleen_words_link (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *unicode = NULL;
  g_autofree char *ascii = NULL;

  if (host == NULL || *host == '\0')
    return g_strdup (address);
  unicode = g_hostname_to_unicode (host);
  ascii = g_hostname_to_ascii (host);
  if (unicode == NULL || ascii == NULL || g_str_equal (unicode, ascii))
    return g_strdup (host);
  return g_strdup_printf ("%s (%s)", unicode, ascii);
}

char *
baleen_words_switch (BaleenConversation *conversation,
                     BaleenMessage      *message)
{
  const char *model = baleen_message_get_model (message);
  BaleenMessage *before = baleen_conversation_get_parent (conversation, message);

  if (model == NULL)
    return NULL;
  while (before != NULL
         && (baleen_message_get_role (before) != BALEEN_ROLE_ASSISTANT
             || baleen_message_get_model (before) == NULL))
    before = baleen_conversation_get_parent (conversation, before);
  if (before == NULL || g_str_equal (baleen_message_get_model (before), model))
    return NULL;

  return g_strdup_printf (_("From here: %s"), model);
}
