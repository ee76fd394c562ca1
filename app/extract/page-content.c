#include "page-content.h"

#include "markup-walk.h"
#include "text-flow.h"

#include <string.h>

/* Pages with more are machine-made, and their end is no better than their beginning. */
#define MOST_ELEMENTS 200000
/* Prose is a block with at least so many letters outside of links; Chinese ones count double. */
#define LEAST_PROSE 40
/* The content is the smallest element with this share of the page's prose, in percent. */
#define CONTENT_SHARE 75
/* What names call clutter is not clutter if it holds so much of the page, in percent. */
#define CLUTTER_SHARE 50

typedef enum
{
  TAG_INLINE,  /* part of the block around it */
  TAG_BLOCK,
  TAG_HEADING,
  TAG_ROOT,    /* html, body, main, article: never clutter */
  TAG_CLUTTER, /* says itself that it is not content */
  TAG_HEADER,
  TAG_SILENT,  /* script, style: no text */
} Tag;

typedef struct
{
  guint parent;  /* index; itself for the first */
  guint8 tag;
  gboolean is_link;      /* or inside of one */
  gboolean has_bad_name; /* class or id speak of clutter */
  gboolean has_bad_role;
  gboolean is_comment;   /* class or id speak of comments */
  gboolean is_title;     /* h1 */
  guint letters;         /* first of its own, then of all in it */
  guint linked;          /* of these, in links */
  guint prose;           /* letters in blocks long enough to be prose */
} Element;

typedef struct
{
  GArray *elements; /* (owned) of Element */
  GArray *open;     /* (owned) of guint: indices of the elements open now */
  guint n_lost;     /* elements open beyond the limit */
} Survey;

static Tag
get_tag (const char *name)
{
  static const struct { Tag tag; const char *names; } tags[] = {
    { TAG_SILENT, " script style noscript template svg iframe canvas object " },
    { TAG_CLUTTER, " nav footer aside form button select menu dialog " },
    { TAG_HEADER, " header " },
    { TAG_ROOT, " html body main article " },
    { TAG_HEADING, " h1 h2 h3 h4 h5 h6 " },
    { TAG_BLOCK, " p div section address blockquote figure figcaption ul ol li dl dt dd table"
                 " thead tbody tfoot tr td th caption fieldset details summary pre center hgroup"
                 " option label " },
  };
  char needle[24];

  if (strlen (name) > sizeof needle - 3)
    return TAG_INLINE;
  g_snprintf (needle, sizeof needle, " %s ", name);
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strstr (tags[i].names, needle) != NULL)
      return tags[i].tag;

  return TAG_INLINE;
}

/* The words of a class or an id: “relatedPosts main-nav” has related, posts, main and nav. */
static gboolean
has_word (const char        *names,
          const char *const *words)
{
  char word[24];
  gsize n = 0;

  for (const char *p = names;; p++)
    {
      gboolean is_start = g_ascii_isupper (*p) && p > names && g_ascii_islower (p[-1]);

      if (n > 0 && (is_start || !g_ascii_isalpha (*p)))
        {
          word[n] = '\0';
          if (g_strv_contains (words, word))
            return TRUE;
          n = 0;
        }
      if (*p == '\0')
        return FALSE;
      if (g_ascii_isalpha (*p) && n < sizeof word - 1)
        word[n++] = g_ascii_tolower (*p);
    }
}

static void
judge_names (Element    *element,
             const char *names)
{
  static const char *const clutter[] = {
    "nav", "navbar", "navigation", "menu", "menus", "submenu", "sidebar", "sidenav", "side",
    "footer", "foot", "breadcrumb", "breadcrumbs", "crumbs", "pagination", "pager", "paging",
    "share", "sharing", "shares", "social", "socials", "related", "recommend", "recommended",
    "recommendations", "recommendation", "promo", "promos", "promotion", "sponsor", "sponsored",
    "ad", "ads", "adv", "advert", "adverts", "advertisement", "advertising", "banner", "banners",
    "cookie", "cookies", "consent", "gdpr", "ccpa", "newsletter", "subscribe", "subscription",
    "signup", "signin", "login", "register", "popup", "popups", "modal", "overlay", "toolbar",
    "disclaimer", "copyright", "skip", "widget", "widgets", "trending", "popular", "hot",
    "masthead", "topbar", "bottombar", "toc", "donate", "paywall", "outbrain", "taboola",
    "hidden", "invisible", "noprint", "tooltip", "dropdown", "search", "searchbox", "rss",
    "feedback", "rating", "ratings", "votes", "teaser", "teasers", "carousel", "ticker", "qrcode",
    "tuijian", "guanggao", "fenxiang", NULL,
  };
  static const char *const comments[] = {
    "comment", "comments", "disqus", "replies", "respond", "commentlist", "pinglun", NULL,
  };

  element->has_bad_name |= has_word (names, clutter);
  element->is_comment |= has_word (names, comments);
}

static gboolean
is_bad_role (const char *role)
{
  static const char *const roles[] = { "navigation", "banner", "contentinfo", "complementary",
                                       "search", "dialog", "alert", "alertdialog", "menu",
                                       "menubar", "toolbar", "tablist", "button", NULL };

  return g_strv_contains (roles, role);
}

static void
start_cb (gpointer           data,
          const char        *name,
          const char *const *attributes)
{
  Survey *survey = data;
  guint index = survey->elements->len;
  guint parent = survey->open->len > 0
                     ? g_array_index (survey->open, guint, survey->open->len - 1) : index;
  Element element = { .parent = parent, .tag = get_tag (name) };

  if (index >= MOST_ELEMENTS)
    {
      survey->n_lost++;
      return;
    }
  element.is_link = g_str_equal (name, "a")
                    || (parent < index
                        && g_array_index (survey->elements, Element, parent).is_link);
  element.is_title = g_str_equal (name, "h1");
  for (; attributes[0] != NULL; attributes += 2)
    if (g_str_equal (attributes[0], "class") || g_str_equal (attributes[0], "id"))
      judge_names (&element, attributes[1]);
    else if (g_str_equal (attributes[0], "role"))
      element.has_bad_role = is_bad_role (attributes[1]);
  g_array_append_val (survey->elements, element);
  g_array_append_val (survey->open, index);
}

static void
end_cb (gpointer    data,
        const char *name)
{
  Survey *survey = data;

  if (survey->n_lost > 0)
    survey->n_lost--;
  else if (survey->open->len > 0)
    g_array_set_size (survey->open, survey->open->len - 1);
}

static void
text_cb (gpointer    data,
         const char *text,
         gsize       length)
{
  Survey *survey = data;
  Element *element;
  guint index, letters = 0;

  if (survey->open->len == 0)
    return;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      letters += g_unichar_isspace (letter) ? 0 : text_is_wide (letter) ? 2 : 1;
    }

  index = g_array_index (survey->open, guint, survey->open->len - 1);
  element = &g_array_index (survey->elements, Element, index);
  if (element->tag == TAG_SILENT)
    return;
  element->letters += letters;
  if (element->is_link)
    element->linked += letters;
}

/* Letters of inline elements belong to the block around them; then blocks long enough are
 * prose, and everything is summed up from the leaves, which come after what they are in. */
static void
sum_up (Element *elements,
        guint    n)
{
  for (guint i = n; i-- > 1;)
    if (elements[i].tag == TAG_INLINE)
      {
        elements[elements[i].parent].letters += elements[i].letters;
        elements[elements[i].parent].linked += elements[i].linked;
        elements[i].letters = elements[i].linked = 0;
      }
  for (guint i = 0; i < n; i++)
    {
      guint plain = elements[i].letters - elements[i].linked;

      if (plain >= LEAST_PROSE && plain >= elements[i].linked && elements[i].tag != TAG_HEADING)
        elements[i].prose = plain;
    }
  for (guint i = n; i-- > 1;)
    {
      Element *parent = &elements[elements[i].parent];

      parent->letters += elements[i].letters;
      parent->linked += elements[i].linked;
      parent->prose += elements[i].prose;
    }
}

/* Mostly links, and nothing between them that is prose. */
static gboolean
is_list_of_links (const Element *element)
{
  return element->tag != TAG_INLINE && element->tag != TAG_ROOT && element->tag != TAG_HEADING
         && element->prose == 0 && element->linked >= 12
         && 2 * element->linked > element->letters;
}

static gboolean
is_clutter (const Element *element,
            const Element *page)
{
  gboolean is_much = page->prose > 0
                     && element->prose * (guint64) 100 > page->prose * (guint64) CLUTTER_SHARE;

  if (element->tag == TAG_SILENT || is_list_of_links (element))
    return TRUE;
  if (element->tag == TAG_ROOT || is_much)
    return FALSE;

  return element->tag == TAG_CLUTTER || element->has_bad_role || element->has_bad_name;
}

/* Comments are content where there is little else: a forum is made of them. */
static void
drop_comments (Element  *elements,
               gboolean *is_dropped,
               guint     n)
{
  guint comments = 0, others;

  for (guint i = 1; i < n; i++)
    if (elements[i].is_comment && !elements[elements[i].parent].is_comment && !is_dropped[i])
      comments += elements[i].prose;
  others = elements[0].prose - MIN (comments, elements[0].prose);
  if (others < 400 || others * 4 < comments)
    return;
  for (guint i = 1; i < n; i++)
    is_dropped[i] |= elements[i].is_comment && elements[i].tag != TAG_ROOT;
}

/* Goes down from the page as long as one child has nearly all prose that is left. */
static guint
find_content (const Element  *elements,
              const gboolean *is_dropped,
              guint           n)
{
  g_autofree guint *prose = g_new0 (guint, n);
  guint content = 0;

  for (guint i = 0; i < n; i++)
    prose[i] = is_dropped[i] ? 0 : elements[i].prose;
  /* What is dropped takes its prose out of everything around it. */
  for (guint i = n; i-- > 1;)
    if (is_dropped[i] && !is_dropped[elements[i].parent])
      for (guint up = elements[i].parent;; up = elements[up].parent)
        {
          prose[up] -= MIN (prose[up], elements[i].prose);
          if (up == elements[up].parent)
            break;
        }
  for (guint i = 1; i < n; i++)
    if (elements[i].parent == content && elements[i].tag != TAG_INLINE && prose[i] > 0
        && prose[i] * (guint64) 100 >= prose[0] * (guint64) CONTENT_SHARE)
      content = i;

  /* A lone paragraph is not the page: its title and neighbours stand beside it. */
  return elements[content].letters > 0 && content > 0
                 && elements[content].prose == elements[content].letters - elements[content].linked
                 && elements[content].tag == TAG_BLOCK
             ? elements[content].parent : content;
}

/* Marks all that is neither in the content nor around it. The page's title stays, wherever it
 * stands. */
static void
keep_only (const Element *elements,
           gboolean      *is_dropped,
           guint          n,
           guint          content)
{
  g_autofree gboolean *is_around = g_new0 (gboolean, n);
  g_autofree gboolean *is_inside = g_new0 (gboolean, n);
  guint title = 0;

  for (guint i = 1; i < n && title == 0; i++)
    if (elements[i].is_title && !is_dropped[i] && i < content)
      title = i;
  for (guint up = content; !is_around[up]; up = elements[up].parent)
    is_around[up] = TRUE;
  for (guint up = title; !is_around[up]; up = elements[up].parent)
    is_around[up] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      is_inside[i] = i == content || (title > 0 && i == title)
                     || (i > 0 && is_inside[elements[i].parent]);
      is_dropped[i] |= !is_inside[i] && !is_around[i];
    }
}

gboolean *
page_content_find_clutter (const char *text,
                           gsize       length,
                           gsize      *n_elements)
{
  static const MarkupVisitor visitor = { start_cb, end_cb, text_cb };
  Survey survey = { .elements = g_array_new (FALSE, FALSE, sizeof (Element)),
                    .open = g_array_new (FALSE, FALSE, sizeof (guint)) };
  Element *elements;
  gboolean *is_dropped;
  guint n;

  markup_walk_html (text, length, &visitor, &survey);
  n = survey.elements->len;
  elements = (Element *) survey.elements->data;
  is_dropped = g_new0 (gboolean, n + 1);
  if (n > 0)
    {
      sum_up (elements, n);
      for (guint i = 1; i < n; i++)
        {
          const Element *parent = &elements[elements[i].parent];

          /* A header of the page is clutter; one of an article has its title. */
          is_dropped[i] = is_dropped[elements[i].parent] || is_clutter (&elements[i], elements)
                          || (elements[i].tag == TAG_HEADER && parent->tag != TAG_HEADER
                              && elements[i].linked * 2 > elements[i].letters);
        }
      drop_comments (elements, is_dropped, n);
      keep_only (elements, is_dropped, n, find_content (elements, is_dropped, n));
    }
  *n_elements = n;
  g_array_unref (survey.elements);
  g_array_unref (survey.open);

  return is_dropped;
}
