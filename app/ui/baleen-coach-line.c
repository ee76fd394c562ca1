#include "baleen-coach-line.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "baleen-icon-button.h"
#include "baleen-shortcuts.h"
#include "coach.h"

#define PAUSE_MILLISECONDS 800
#define DISMISSALS_UNTIL_OFFER 2
/* A draft of one word is not in any language yet. */
#define LEAST_LETTERS 4

/* The language hint stands beside the coach's kinds under a word of its own. */
#define LANGUAGE_KIND "language"
#define POINTS_ACTION "win.answer-in-points"

struct _BaleenCoachLine
{
  GtkWidget parent_instance;

  GtkWidget *row;
  GtkWidget *label;
  GtkWidget *act;
  GtkWidget *second; /* what else can be done */
  GtkWidget *close;

  GSettings *settings;  /* (owned) (nullable) */
  GHashTable *silenced; /* (owned) kinds not to be said of this draft again */
  char **questions;     /* (owned) (nullable) */
  char *draft;          /* (owned) */
  char *model;          /* (owned) (nullable) */
  char **languages;     /* (owned) (nullable) */
  gsize n_context;
  gboolean has_files;

  char *kind;          /* (owned) (nullable) of what is shown */
  char *suggestion;    /* (owned) (nullable) */
  char *action;        /* (owned) (nullable) */
  const char *second_action; /* (nullable) */
  gboolean is_offer;   /* to turn `kind` off */
  guint pause_source;
};

G_DEFINE_FINAL_TYPE (BaleenCoachLine, baleen_coach_line, GTK_TYPE_WIDGET)

enum
{
  APPLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- showing ---------------------------------------------------------------------------- */

static void
hide (BaleenCoachLine *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->suggestion, g_free);
  g_clear_pointer (&self->action, g_free);
  self->is_offer = FALSE;
  gtk_widget_set_visible (self->row, FALSE);
}

static void
show (BaleenCoachLine *self,
      const char      *kind,
      const char      *sentence,
      const char      *button)
{
  hide (self);
  self->kind = g_strdup (kind);
  gtk_label_set_text (GTK_LABEL (self->label), sentence);
  gtk_widget_set_tooltip_text (self->label, sentence);
  gtk_button_set_label (GTK_BUTTON (self->act), button);
  gtk_widget_set_visible (self->second, FALSE);
  gtk_widget_set_visible (self->row, TRUE);
}

static gboolean
may_say (BaleenCoachLine *self,
         const char      *kind)
{
  g_auto (GStrv) off = g_settings_get_strv (self->settings, "hints-off");

  return !g_hash_table_contains (self->silenced, kind)
         && !g_strv_contains ((const char *const *) off, kind);
}

/* ---- what there is to say ------------------------------------------------------------- */

/* The language of most letters; NULL where that is neither English nor Chinese. */
static const char *
get_language (const char *text)
{
  guint n_han = 0, n_latin = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gunichar c = g_utf8_get_char (p);

      n_han += g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
      n_latin += g_ascii_isalpha (c) != 0;
    }
  /* A Chinese character says about as much as three letters. */
  if (n_han * 3 > n_latin && n_han >= LEAST_LETTERS)
    return "zh";
  return n_han == 0 && n_latin >= LEAST_LETTERS * 3 ? "en" : NULL;
}

static void
offer_second (BaleenCoachLine *self,
              const char      *button,
              const char      *action)
{
  gtk_button_set_label (GTK_BUTTON (self->second), button);
  self->second_action = action;
  gtk_widget_set_visible (self->second, TRUE);
}

static gboolean
say_language (BaleenCoachLine *self)
{
  const char *language = get_language (self->draft);
  g_autofree char *sentence = NULL;

  if (self->languages == NULL || self->languages[0] == NULL || self->languages[1] != NULL
      || language == NULL || self->model == NULL || !may_say (self, LANGUAGE_KIND)
      || g_str_equal (language, self->languages[0]))
    return FALSE;

  if (g_str_equal (self->languages[0], "en"))
    sentence = g_strdup_printf (_("%s knows English only."), self->model);
  else if (g_str_equal (self->languages[0], "zh"))
    sentence = g_strdup_printf (_("%s knows Chinese only."), self->model);
  else
    return FALSE;
  show (self, LANGUAGE_KIND, sentence, _("Choose Another Model"));
  self->action = g_strdup ("win.choose-model");
  offer_second (self, _("Send Anyway"), "win.send");
  return TRUE;
}

/* “What does that mean?” is a good question about the answer before it or a file beside it. */
static gboolean
has_context (BaleenCoachLine *self)
{
  return self->has_files || (self->questions != NULL && self->questions[0] != NULL);
}

static gboolean
say_hint (BaleenCoachLine  *self,
          const BaleenHint *hint)
{
  const char *kind = baleen_hint_kind_to_string (hint->kind);

  if (!may_say (self, kind) || (hint->kind == BALEEN_HINT_NO_CONTEXT && has_context (self)))
    return FALSE;
  show (self, kind, hint->message, _("Use Better Wording"));
  self->suggestion = g_strdup (hint->suggestion);
  /* Many things can be written as a list, or each can have an answer of its own. */
  if (hint->kind == BALEEN_HINT_LONG_MIXED
      && baleen_shortcuts_window_has (GTK_WIDGET (self), POINTS_ACTION))
    offer_second (self, _("Answer One by One"), POINTS_ACTION);
  return TRUE;
}

static const char *
get_nudge_button (BaleenNudgeKind kind)
{
  switch (kind)
    {
    case BALEEN_NUDGE_RECENT_EVENTS:
      return _("Turn Web Search On");
    case BALEEN_NUDGE_OUTLINE_FIRST:
      return _("Outline First");
    case BALEEN_NUDGE_SUMMARIZE_IN_PARTS:
    default:
      return _("Summarize in Parts");
    }
}

static gboolean
say_nudge (BaleenCoachLine   *self,
           const BaleenNudge *nudge)
{
  const char *kind = baleen_nudge_kind_to_string (nudge->kind);
  g_autofree char *action
      = g_strconcat ("win.", baleen_nudge_kind_get_action (nudge->kind), NULL);

  if (!may_say (self, kind) || !baleen_shortcuts_window_has (GTK_WIDGET (self), action))
    return FALSE;
  show (self, kind, nudge->message, get_nudge_button (nudge->kind));
  self->action = g_steal_pointer (&action);
  return TRUE;
}

static void
say_something (BaleenCoachLine *self)
{
  g_autoptr (BaleenAdvice) advice
      = baleen_coach_read (self->draft, (const char *const *) self->questions, self->n_context);

  for (guint i = 0; i < advice->hints->len; i++)
    if (say_hint (self, advice->hints->pdata[i]))
      return;
  for (guint i = 0; i < advice->nudges->len; i++)
    if (say_nudge (self, advice->nudges->pdata[i]))
      return;
}

static gboolean
pause_cb (gpointer user_data)
{
  BaleenCoachLine *self = user_data;

  self->pause_source = 0;
  if (!say_language (self))
    say_something (self);
  return G_SOURCE_REMOVE;
}

/* ---- answers to it -------------------------------------------------------------------- */

static guint
count_dismissal (BaleenCoachLine *self)
{
  g_autoptr (GVariant) counts = g_settings_get_value (self->settings, "hints-dismissed");
  GVariantIter iter;
  const char *kind;
  guint32 n, n_now = 1;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{su}"));
  g_variant_iter_init (&iter, counts);
  while (g_variant_iter_next (&iter, "{&su}", &kind, &n))
    if (g_str_equal (kind, self->kind))
      n_now = n + 1;
    else
      g_variant_builder_add (&builder, "{su}", kind, n);
  g_variant_builder_add (&builder, "{su}", self->kind, n_now);
  g_settings_set_value (self->settings, "hints-dismissed", g_variant_builder_end (&builder));
  return n_now;
}

static void
turn_off (BaleenCoachLine *self)
{
  g_auto (GStrv) off = g_settings_get_strv (self->settings, "hints-off");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kinds = NULL;

  g_strv_builder_addv (builder, (const char **) off);
  g_strv_builder_add (builder, self->kind);
  kinds = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "hints-off", (const char *const *) kinds);
}

/* Dismissing the offer means to hear of that kind as before. */
gboolean
baleen_coach_line_dismiss (BaleenCoachLine *self)
{
  g_autofree char *kind = g_strdup (self->kind);

  if (kind == NULL)
    return FALSE;
  g_hash_table_add (self->silenced, g_strdup (kind));
  if (self->is_offer || count_dismissal (self) != DISMISSALS_UNTIL_OFFER)
    {
      hide (self);
      return TRUE;
    }
  show (self, kind, _("Hints of this kind can be turned off; Preferences brings them back."),
        _("Turn Off"));
  self->is_offer = TRUE;
  return TRUE;
}

static void
act_cb (BaleenCoachLine *self)
{
  g_autofree char *suggestion = g_steal_pointer (&self->suggestion);
  g_autofree char *action = g_steal_pointer (&self->action);

  if (self->kind == NULL)
    return;
  if (self->is_offer)
    turn_off (self);
  g_hash_table_add (self->silenced, g_strdup (self->kind));
  hide (self);
  if (suggestion != NULL)
    g_signal_emit (self, signals[APPLY], 0, suggestion);
  else if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
second_cb (BaleenCoachLine *self)
{
  const char *action = self->second_action;

  g_hash_table_add (self->silenced, g_strdup (self->kind));
  hide (self);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
close_cb (BaleenCoachLine *self)
{
  baleen_coach_line_dismiss (self);
}

/* ---- the draft ------------------------------------------------------------------------ */

static void
update_place (BaleenCoachLine *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->settings != NULL && *self->draft != '\0'
                              && g_settings_get_boolean (self->settings, "hints"));
}

void
baleen_coach_line_set_draft (BaleenCoachLine *self,
                             const char      *text)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  hide (self);
  g_free (self->draft);
  self->draft = g_strdup (text);
  if (*text == '\0')
    g_hash_table_remove_all (self->silenced);
  update_place (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      baleen_coach_warm_up ();
      self->pause_source = g_timeout_add (PAUSE_MILLISECONDS, pause_cb, self);
    }
}

void
baleen_coach_line_set_has_files (BaleenCoachLine *self,
                                 gboolean         has_files)
{
  self->has_files = has_files;
  if (has_files && g_strcmp0 (self->kind, baleen_hint_kind_to_string (BALEEN_HINT_NO_CONTEXT)) == 0)
    hide (self);
}

void
baleen_coach_line_pause (BaleenCoachLine *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  hide (self);
}

void
baleen_coach_line_begin (BaleenCoachLine   *self,
                         const char *const *questions)
{
  g_hash_table_remove_all (self->silenced);
  g_strfreev (self->questions);
  self->questions = g_strdupv ((char **) questions);
}

void
baleen_coach_line_set_model (BaleenCoachLine   *self,
                             const char        *name,
                             const char *const *languages,
                             gsize              n_context)
{
  g_autofree char *draft = g_strdup (self->draft);

  g_free (self->model);
  self->model = g_strdup (name);
  g_strfreev (self->languages);
  self->languages = g_strdupv ((char **) languages);
  self->n_context = n_context;
  baleen_coach_line_set_draft (self, draft);
}

static void
hints_cb (BaleenCoachLine *self)
{
  g_autofree char *draft = g_strdup (self->draft);

  baleen_coach_line_set_draft (self, draft);
}

void
baleen_coach_line_set_settings (BaleenCoachLine *self,
                                GSettings       *settings)
{
  g_set_object (&self->settings, settings);
  g_signal_connect_object (settings, "changed::hints", G_CALLBACK (hints_cb), self,
                           G_CONNECT_SWAPPED);
  update_place (self);
}

const char *
baleen_coach_line_get_sentence (BaleenCoachLine *self)
{
  return self->kind != NULL ? gtk_label_get_text (GTK_LABEL (self->label)) : NULL;
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_coach_line_dispose (GObject *object)
{
  BaleenCoachLine *self = BALEEN_COACH_LINE (object);

  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_pointer (&self->row, gtk_widget_unparent);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baleen_coach_line_parent_class)->dispose (object);
}

static void
baleen_coach_line_finalize (GObject *object)
{
  BaleenCoachLine *self = BALEEN_COACH_LINE (object);

  g_hash_table_unref (self->silenced);
  g_strfreev (self->questions);
  g_strfreev (self->languages);
  g_free (self->draft);
  g_free (self->model);
  g_free (self->kind);
  g_free (self->suggestion);
  g_free (self->action);
  G_OBJECT_CLASS (baleen_coach_line_parent_class)->finalize (object);
}

static void
baleen_coach_line_class_init (BaleenCoachLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baleen_coach_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = baleen_coach_line_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "coachline");

  signals[APPLY] = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* A click must not take the focus out of the text. */
static GtkWidget *
button_new (BaleenCoachLine *self,
            GtkWidget       *button,
            GCallback        clicked)
{
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (self->row), button);
  return button;
}

static void
baleen_coach_line_init (BaleenCoachLine *self)
{
  GtkWidget *squeezer;

  self->silenced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->draft = g_strdup ("");
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "wrap", TRUE,
                              "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, "ellipsize",
                              PANGO_ELLIPSIZE_END, "width-chars", 10, NULL);
  gtk_box_append (GTK_BOX (self->row), self->label);
  self->act = button_new (self, gtk_button_new_with_label (""), G_CALLBACK (act_cb));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->act))), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->act))),
                                   GTK_NATURAL_WRAP_NONE);
  self->second = button_new (self, gtk_button_new (), G_CALLBACK (second_cb));
  /* Where there is no room for both, the sentence is more than the second thing to do. */
  squeezer = adw_squeezer_new ();
  g_object_ref (self->second);
  gtk_box_remove (GTK_BOX (self->row), self->second);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), self->second);
  g_object_unref (self->second);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  gtk_box_append (GTK_BOX (self->row), squeezer);
  self->close = button_new (self, baleen_icon_button_new ("window-close-symbolic", _("Dismiss")),
                            G_CALLBACK (close_cb));
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  gtk_widget_set_visible (self->row, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Hint"), -1);
}
