/* The program with a window: owns what all windows share. */
#pragma once

#include "baleen-chat.h"
#include "baleen-document-desk.h"
#include "baleen-downloads.h"
#include "baleen-model-shelf.h"
#include "baleen-template-shelf.h"
#include "catalogue.h"
#include "model-offer.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _BaleenWindow BaleenWindow;

#define BALEEN_TYPE_APPLICATION (baleen_application_get_type ())
G_DECLARE_FINAL_TYPE (BaleenApplication,
                      baleen_application,
                      BALEEN,
                      APPLICATION,
                      AdwApplication)

/* `directory` is where the history lies, `model` the file to begin with; both may be NULL for
 * what is usual. */
BaleenApplication *baleen_application_new (const BaleenBackend *backend,
                                           const char          *directory,
                                           const char          *model);

BaleenHistory *baleen_application_get_history (BaleenApplication *self);
BaleenEngineService *baleen_application_get_engine (BaleenApplication *self);
BaleenChat *baleen_application_get_chat (BaleenApplication *self);
BaleenDocumentDesk *baleen_application_get_desk (BaleenApplication *self);
/* When the run before this one ended without being asked to, in microseconds since 1970; 0 if it
 * was asked, and from the second time on. */
gint64 baleen_application_take_ended_badly (BaleenApplication *self);
BaleenTemplateShelf *baleen_application_get_shelf (BaleenApplication *self);
GSettings *baleen_application_get_settings (BaleenApplication *self);
BaleenCatalogue *baleen_application_get_catalogue (BaleenApplication *self); /* (nullable) */
BaleenModelShelf *baleen_application_get_model_shelf (BaleenApplication *self);
BaleenDownloads *baleen_application_get_downloads (BaleenApplication *self);
BaleenModelOffer *baleen_application_get_offer (BaleenApplication *self);

/* Loads a file and remembers it once it stands. An adapter goes beside what is loaded. */
void baleen_application_open_model (BaleenApplication *self,
                                    const char        *path);
/* Loads what could not be loaded, or else what is loaded, with less context: as much as fits, or
 * half of what there is. That is remembered. */
void baleen_application_shorten_context (BaleenApplication *self);
/* Begins with what answered last, else with the built-in model. */
void baleen_application_open_usual_model (BaleenApplication *self);
/* What to call a model that lies at `path`; the catalogue knows some. Free it. */
char *baleen_application_name_model (BaleenApplication *self,
                                     const char        *path);

/* The model that was chosen for new chats, if another one answers now. */
void baleen_application_prepare_new_chat (BaleenApplication *self);

/* All conversations, for good. */
void baleen_application_delete_history (BaleenApplication *self);

/* The window that shows it; NULL when none does. */
BaleenWindow *baleen_application_find_window (BaleenApplication  *self,
                                              BaleenConversation *conversation);

G_END_DECLS
