/* Where something is saved, and in which of several forms. */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  const char *name; /* (N_) as it is offered */
  const char *suffix; /* with its dot */
} BaleenFileForm;

/* The forms must live as long as the dialog. Called as the title is, without what file names
 * cannot have. */
GtkFileChooserNative *baleen_export_chooser_new (GtkWindow            *parent,
                                                 const char           *title,
                                                 const BaleenFileForm *forms,
                                                 guint                 n_forms,
                                                 guint                 usual);

/* (transfer full): what is to be written, and in which form; NULL where the dialog was left. */
GFile *baleen_export_chooser_get_file (GtkFileChooserNative *dialog,
                                       int                   response,
                                       guint                *form);

/* (transfer full): what a file that was named, with one of the forms chosen, means. A form other
 * than the usual one was chosen on purpose, but the dialog leaves the name as it was: then the
 * file is called as its form is, with a number where that is taken, since nobody was asked whether
 * it may be replaced. Else the name tells the form. */
GFile *baleen_export_find_file (GFile                *file,
                                const BaleenFileForm *forms,
                                guint                 n_forms,
                                guint                 usual,
                                guint                 chosen,
                                guint                *form);
