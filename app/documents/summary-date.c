#include "summarizer-private.h"

#include <string.h>

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec" };

/* “5 March 1907”, “March 5, 1907”, “March 1907”, “1907-03-05”, “1907年3月5日”, “1907”. */
static GRegex *
get_pattern (void)
{
  static gsize pattern;

  if (g_once_init_enter (&pattern))
    {
      GRegex *regex = g_regex_new (
          "(?J)"
          "(?:(?<d>[0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?"
          "(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?"
          "(?: (?<d>[0-9]{1,2})(?:st|nd|rd|th)?)?,? (?<y>[12][0-9]{3})\\b"
          "|(?<![0-9.,/-])(?<y>[12][0-9]{3})[-/](?<m>[0-9]{1,2})[-/](?<d>[0-9]{1,2})(?![0-9])"
          "|(?<![0-9.,])(?<y>[12][0-9]{3}) ?年(?: ?(?<m>[0-9]{1,2}) ?月(?: ?(?<d>[0-9]{1,2}) ?日)?)?"
          "|(?<![0-9.,$€£/-])\\b(?<y>[12][0-9]{3})\\b(?![.,/-]?[0-9]|[%年])",
          G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);

      g_assert (regex != NULL);
      g_once_init_leave (&pattern, (gsize) regex);
    }

  return (GRegex *) pattern;
}

static guint
get_number (GMatchInfo *match,
            const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static guint
get_month (GMatchInfo *match)
{
  g_autofree char *name = g_match_info_fetch_named (match, "name");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (months); i++)
    if (g_ascii_strcasecmp (name, months[i]) == 0)
      return i + 1;

  return get_number (match, "m");
}

guint
baleen_find_date (const char *text,
                  char      **date)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (get_pattern (), text, 0, &match))
    return 0;
  if (date != NULL)
    *date = g_match_info_fetch (match, 0);

  return get_number (match, "y") * 10000 + get_month (match) * 100 + get_number (match, "d");
}
