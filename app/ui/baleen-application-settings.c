#include "baleen-application-settings.h"

#include "baleen-thought-block.h"
#include "baleen-title-speaker.h"
#include "model-library.h"
#include "model-setup.h"
#include "network-log.h"
#include "reading-store.h"

static void
apply_answers (BaleenApplication *application,
               GSettings         *settings)
{
  g_autoptr (BaleenAnswerSettings) answers = baleen_answer_settings_new ();

  answers->about = g_settings_get_string (settings, "about-me");
  answers->longest_answer = g_settings_get_int (settings, "longest-answer");
  answers->thought_budget = g_settings_get_int (settings, "thinking-budget");
  answers->temperature = g_settings_get_double (settings, "temperature");
  answers->top_p = g_settings_get_double (settings, "top-p");
  baleen_chat_set_settings (baleen_application_get_chat (application), answers);
  baleen_chat_set_asks_to_search (baleen_application_get_chat (application),
                                  g_settings_get_boolean (settings, "ask-before-searching"));
  baleen_thought_block_set_unfolds (g_settings_get_boolean (settings, "unfold-thoughts"));
}

static void
apply_engine (BaleenApplication *application,
              GSettings         *settings)
{
  BaleenEngineService *engine = baleen_application_get_engine (application);
  g_autofree char *device = g_settings_get_string (settings, "device");
  g_autofree char *kv_memory = g_settings_get_string (settings, "kv-memory");

  baleen_model_setup_set_usual_kv_memory (kv_memory);
  baleen_engine_service_set_device (engine, device);
  baleen_engine_service_set_idle_seconds (engine,
                                          g_settings_get_int (settings, "unload-after") * 60);
}

/* Whatever was kept while the program ran last. */
static gpointer
trim_thread (gpointer megabytes)
{
  baleen_reading_cache_trim ((guint64) GPOINTER_TO_SIZE (megabytes) << 20);
  return NULL;
}

static void
apply_documents (BaleenApplication *application,
                 GSettings         *settings)
{
  const guint64 megabytes = g_settings_get_int (settings, "reading-cache-megabytes");

  baleen_document_desk_set_limits (baleen_application_get_desk (application),
                                   g_settings_get_int (settings, "parts-at-once"),
                                   megabytes << 20);
  g_thread_unref (g_thread_new ("trim", trim_thread, GSIZE_TO_POINTER (megabytes)));
}

static void
documents_cb (GSettings         *settings,
              const char        *key,
              BaleenApplication *application)
{
  apply_documents (application, settings);
}

static void
reload (BaleenApplication *application)
{
  const char *path = baleen_engine_service_get_path (baleen_application_get_engine (application));
  g_autofree char *kept = g_strdup (path);

  if (kept != NULL)
    baleen_application_open_model (application, kept);
}

/* A model that is loaded moves to the device that was chosen, and keeps what was said as it was
 * chosen. */
static void
device_cb (GSettings         *settings,
           const char        *key,
           BaleenApplication *application)
{
  apply_engine (application, settings);
  reload (application);
}

/* The model that answers now is run in another way. */
static void
set_up_cb (BaleenModelShelf  *shelf,
           const char        *id,
           BaleenApplication *application)
{
  if (g_strcmp0 (id, baleen_engine_service_get_path (baleen_application_get_engine (application)))
      == 0)
    reload (application);
}

static void
apply_style (GSettings *settings)
{
  g_autofree char *style = g_settings_get_string (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (style, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                      : g_str_equal (style, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                    : ADW_COLOR_SCHEME_DEFAULT);
}

static void
apply_text_size (GtkCssProvider *provider,
                 GSettings      *settings)
{
  const int percent = g_settings_get_int (settings, "text-size");
  g_autofree char *css
      = percent == 100 ? g_strdup ("")
                       : g_strdup_printf (".transcript, .composer { font-size: %d%%; }", percent);

  gtk_css_provider_load_from_data (provider, css, -1);
}

static void
apply_motion (GSettings *settings)
{
  g_autofree char *wanted = g_settings_get_string (settings, "reduces-motion");

  if (g_str_equal (wanted, "always"))
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  else
    gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
}

static void
motion_cb (GSettings         *settings,
           const char        *key,
           BaleenApplication *application)
{
  apply_motion (settings);
}

/* libadwaita 1.2 asks the desktop alone, so its style and ours for high contrast are laid over
 * the usual ones. */
static void
apply_contrast (GSettings *settings)
{
  static GtkCssProvider *providers[2];
  static const char *const styles[]
      = { "/org/gnome/Adwaita/styles/base-hc.css", "/org/baleen/Baleen/style-hc.css" };
  g_autofree char *wanted = g_settings_get_string (settings, "high-contrast");
  const gboolean is_wanted = g_str_equal (wanted, "always");
  GdkDisplay *display = gdk_display_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (is_wanted && providers[i] == NULL)
      {
        providers[i] = gtk_css_provider_new ();
        gtk_css_provider_load_from_resource (providers[i], styles[i]);
        gtk_style_context_add_provider_for_display (
            display, GTK_STYLE_PROVIDER (providers[i]),
            i == 0 ? GTK_STYLE_PROVIDER_PRIORITY_THEME + 1
                   : GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
      }
    else if (!is_wanted && providers[i] != NULL)
      {
        gtk_style_context_remove_provider_for_display (display,
                                                       GTK_STYLE_PROVIDER (providers[i]));
        g_clear_object (&providers[i]);
      }
}

static void
contrast_cb (GSettings         *settings,
             const char        *key,
             BaleenApplication *application)
{
  apply_contrast (settings);
}

static void
speaks_cb (GSettings         *settings,
           const char        *key,
           BaleenApplication *application)
{
  baleen_title_speaker_set_speaks (g_settings_get_boolean (settings, "speaks-in-title"));
}

static void
text_size_cb (GSettings      *settings,
              const char     *key,
              GtkCssProvider *provider)
{
  apply_text_size (provider, settings);
}

static void
style_cb (GSettings         *settings,
          const char        *key,
          BaleenApplication *application)
{
  apply_style (settings);
}

static void
engine_cb (GSettings         *settings,
           const char        *key,
           BaleenApplication *application)
{
  apply_engine (application, settings);
}

static void
answers_cb (GSettings         *settings,
            const char        *key,
            BaleenApplication *application)
{
  apply_answers (application, settings);
}

static void
follow_answers (BaleenApplication *application,
                GSettings         *settings)
{
  static const char *const keys[] = { "about-me",    "longest-answer", "thinking-budget",
                                      "temperature", "top-p",          "unfold-thoughts",
                                      "ask-before-searching" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (settings, signal, G_CALLBACK (answers_cb), application, 0);
    }
}

/* ---- other programs ------------------------------------------------------------------- */

/* The header says where, as long as it is offered. */
static void
offered_cb (BaleenModelOffer *offer)
{
  const char *address = baleen_model_offer_get_address (offer);
  g_autoptr (GUri) uri
      = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *place = uri != NULL ? g_strdup_printf ("%s:%d", g_uri_get_host (uri),
                                                          g_uri_get_port (uri))
                                       : NULL;

  baleen_network_log_set_offered (baleen_network_log_get (), place);
}

/* A port that is taken, or a keyring that is locked, turns the switch back. */
static void
offer_cb (GSettings         *settings,
          const char        *key,
          BaleenApplication *application)
{
  BaleenModelOffer *offer = baleen_application_get_offer (application);
  g_autoptr (GError) error = NULL;

  if (offer == NULL)
    return;
  if (!g_settings_get_boolean (settings, "offer-model"))
    baleen_model_offer_stop (offer);
  else if (baleen_model_offer_get_address (offer) == NULL
           && !baleen_model_offer_start (offer, BALEEN_MODEL_OFFER_PORT, &error)
           && !baleen_model_offer_start (offer, 0, NULL))
    {
      g_settings_set_boolean (settings, "offer-model", FALSE);
      g_signal_emit_by_name (baleen_application_get_engine (application), "device-news",
                             (int) BALEEN_DEVICE_PLAIN, error->message);
    }
}

void
baleen_application_follow_settings (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  apply_text_size (provider, settings);
  apply_style (settings);
  apply_motion (settings);
  apply_contrast (settings);
  speaks_cb (settings, NULL, application);
  apply_answers (application, settings);
  apply_engine (application, settings);
  apply_documents (application, settings);
  g_signal_connect_object (settings, "changed::parts-at-once", G_CALLBACK (documents_cb),
                           application, 0);
  g_signal_connect_object (settings, "changed::reading-cache-megabytes",
                           G_CALLBACK (documents_cb), application, 0);
  follow_answers (application, settings);
  g_signal_connect_object (settings, "changed::text-size", G_CALLBACK (text_size_cb), provider, 0);
  g_signal_connect_object (settings, "changed::style", G_CALLBACK (style_cb), application, 0);
  g_signal_connect_object (settings, "changed::reduces-motion", G_CALLBACK (motion_cb),
                           application, 0);
  g_signal_connect_object (settings, "changed::high-contrast", G_CALLBACK (contrast_cb),
                           application, 0);
  g_signal_connect_object (settings, "changed::speaks-in-title", G_CALLBACK (speaks_cb),
                           application, 0);
  g_signal_connect_object (settings, "changed::unload-after", G_CALLBACK (engine_cb), application,
                           0);
  g_signal_connect_object (settings, "changed::device", G_CALLBACK (device_cb), application, 0);
  g_signal_connect_object (settings, "changed::kv-memory", G_CALLBACK (device_cb), application,
                           0);
  g_signal_connect_object (baleen_application_get_model_shelf (application), "set-up",
                           G_CALLBACK (set_up_cb), application, 0);
  g_signal_connect (baleen_application_get_offer (application), "notify::address",
                    G_CALLBACK (offered_cb), NULL);
  offer_cb (settings, NULL, application);
  g_signal_connect_object (settings, "changed::offer-model", G_CALLBACK (offer_cb), application,
                           0);
}

/* ---- the folder of models ------------------------------------------------------------- */

static void
models_folder_cb (GSettings         *settings,
                  const char        *key,
                  BaleenApplication *application)
{
  g_autofree char *folder = g_settings_get_string (settings, "models-folder");

  baleen_model_library_set_own_folder (folder);
  if (key != NULL)
    baleen_model_shelf_refresh (baleen_application_get_model_shelf (application));
}

void
baleen_application_follow_models_folder (BaleenApplication *application)
{
  GSettings *settings = baleen_application_get_settings (application);

  models_folder_cb (settings, NULL, application);
  g_signal_connect_object (settings, "changed::models-folder", G_CALLBACK (models_folder_cb),
                           application, 0);
}
